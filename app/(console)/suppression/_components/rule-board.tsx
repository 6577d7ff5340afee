'use client';

import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useCallback, useEffect, useRef, useState } from 'react';
import { formatCount } from '@/components/format/format-count.ts';
import { PageHeader } from '@/components/layout/page-header.tsx';
import { onShortcut } from '@/components/layout/shortcuts.ts';
import { Button } from '@/components/ui/button.tsx';
import type { EstateValues } from '@/lib/core/findings/query/complete-query.ts';
import type { ListedRule, VexRule } from '@/lib/core/model/suppression.ts';
import type { RuleOwner } from '@/lib/operations/suppression/list-rule-owners.ts';
import type { RuleTab } from '../search-params.ts';
import { NoRules } from './no-rules.tsx';
import { RuleTable } from './rule-table.tsx';
import { VexTable } from './vex-table.tsx';

const NewRulePanel = dynamic(() => import('./new-rule-panel.tsx').then((module) => module.NewRulePanel));
const RulePanel = dynamic(() => import('./rule-panel.tsx').then((module) => module.RulePanel));
const VexPanel = dynamic(() => import('./vex-panel.tsx').then((module) => module.VexPanel));

/** What the reader may do on this page. */
export interface RuleReader {
  readonly id: string;
  readonly mayPropose: boolean;
  readonly mayWrite: boolean;
}

interface Props {
  /** What all rules come to, in one line. */
  readonly answer: string;
  readonly tab: RuleTab;
  readonly rules: readonly ListedRule[];
  readonly vex: readonly VexRule[];
  readonly counts: { readonly active: number; readonly vex: number };
  readonly selected: string | null;
  readonly draft: string | null;
  readonly owners: readonly RuleOwner[];
  readonly estate: EstateValues;
  readonly reader: RuleReader;
  readonly now: Date;
}

/** The rules, their keys, and one of them or a new one beside the list. */
export function RuleBoard({ answer, tab, rules, vex, counts, selected, draft, owners, estate, reader, now }: Props) {
  const list = tab === 'vex' ? vex : rules;
  const [openId, setOpenId] = useState(selected);
  const [current, setCurrent] = useState(() => list.findIndex(({ id }) => id === selected));
  const [newQuery, setNewQuery] = useState(draft !== null && reader.mayPropose ? draft : null);
  const [editing, setEditing] = useState(false);
  const scroller = useRef<HTMLElement>(null);

  const remember = useCallback(
    (id: string | null) => {
      const parts = [tab === 'active' ? '' : `tab=${tab}`, id === null ? '' : `sel=${id}`].filter(
        (part) => part !== '',
      );
      window.history.replaceState(null, '', `/suppression${parts.length > 0 ? `?${parts.join('&')}` : ''}`);
    },
    [tab],
  );

  function show(index: number, edit = false) {
    const row = list[index];
    if (!row) return;
    setNewQuery(null);
    setCurrent(index);
    setOpenId(row.id);
    setEditing(edit);
    remember(row.id);
  }

  function begin() {
    if (!reader.mayPropose) return;
    setOpenId(null);
    setNewQuery(newQuery ?? '');
  }

  function close() {
    setNewQuery(null);
    setOpenId(null);
    remember(null);
    scroller.current?.focus({ preventScroll: true });
  }

  function move(step: 1 | -1) {
    const next = Math.max(0, Math.min(list.length - 1, current + step));
    if (openId === null) setCurrent(next);
    else show(next);
  }

  const keys = useRef<Readonly<Record<string, () => void>>>({});
  keys.current = {
    n: begin,
    j: () => move(1),
    k: () => move(-1),
    e: () => show(Math.max(0, current), true),
    enter: () => show(Math.max(0, current)),
    escape: close,
  };
  useEffect(() => {
    const stops = ['n', 'j', 'k', 'e', 'Enter', 'Escape'].map((key) =>
      onShortcut(key, (event) => {
        const pressed = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('a, button') : null;
        if (key === 'Enter' && pressed) pressed.click();
        else keys.current[key.toLowerCase()]?.();
      }),
    );
    return () => {
      for (const stop of stops) stop();
    };
  }, []);

  const openRule = tab === 'vex' ? null : (rules.find(({ id }) => id === openId) ?? null);
  const openVex = tab === 'vex' ? (vex.find(({ id }) => id === openId) ?? null) : null;

  return (
    <>
      <PageHeader title="Suppression rules" answer={answer}>
        <Button
          kind="primary"
          onClick={begin}
          disabled={!reader.mayPropose}
          title={
            reader.mayPropose
              ? undefined
              : 'Your role may read rules and not write them. An administrator can change it under Settings, Users.'
          }
        >
          <Plus size={14} strokeWidth={1.6} aria-hidden="true" />
          New rule <kbd className="max-sm:hidden">N</kbd>
        </Button>
      </PageHeader>
      <nav className="tabs mt-1 !border-b-0 px-(--gutter)" aria-label="Rules">
        <TabLink tab="active" current={tab} label="Not ended" count={counts.active} />
        <TabLink tab="ended" current={tab} label="Ended" count={null} />
        <TabLink tab="vex" current={tab} label="By suppliers" count={counts.vex} />
      </nav>
      <div className="split-view">
        <section
          ref={scroller}
          className="min-h-0 overflow-auto"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard (WCAG 2.1.1).
          tabIndex={0}
          aria-label="List of rules"
        >
          {list.length === 0 ? <NoRules tab={tab} /> : null}
          {list.length > 0 && tab !== 'vex' ? (
            <RuleTable
              rules={rules}
              current={current}
              now={now}
              narrow={openRule !== null || newQuery !== null}
              onOpen={show}
            />
          ) : null}
          {list.length > 0 && tab === 'vex' ? <VexTable rules={vex} current={current} now={now} onOpen={show} /> : null}
        </section>
        {newQuery === null ? null : (
          <NewRulePanel
            query={newQuery}
            owners={owners}
            estate={estate}
            reader={reader}
            now={now}
            onClose={close}
            onMade={(id) => {
              setNewQuery(null);
              setOpenId(id);
              remember(id);
            }}
          />
        )}
        {openRule === null ? null : (
          <RulePanel
            key={`${openRule.id} ${openRule.revision}`}
            rule={openRule}
            now={now}
            editing={editing}
            onClose={close}
          />
        )}
        {openVex === null ? null : <VexPanel key={openVex.id} rule={openVex} now={now} onClose={close} />}
      </div>
    </>
  );
}

interface TabProps {
  readonly tab: RuleTab;
  readonly current: RuleTab;
  readonly label: string;
  readonly count: number | null;
}

function TabLink({ tab, current, label, count }: TabProps) {
  return (
    <Link
      href={tab === 'active' ? '/suppression' : `/suppression?tab=${tab}`}
      className="tab"
      aria-current={tab === current ? 'page' : undefined}
    >
      {label}
      {count === null ? null : <span className="tab-count">{formatCount(count)}</span>}
    </Link>
  );
}
