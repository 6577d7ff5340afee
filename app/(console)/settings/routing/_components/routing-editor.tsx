'use client';

import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useState, useTransition } from 'react';
import { formatCounted } from '@/components/format/format-count.ts';
import { Button } from '@/components/ui/button.tsx';
import { SelectField } from '@/components/ui/select-field.tsx';
import { TextField } from '@/components/ui/text-field.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import type { RoutingRule } from '@/lib/core/findings/routing.ts';
import type { RoutingPreview } from '@/lib/core/model/duty.ts';
import { setRoutingRulesAction } from '../actions.ts';
import { draftOf, type RuleDraft, ruleOf } from '../rule-draft.ts';
import { RoutingEffect } from './routing-effect.tsx';
import { RoutingTest } from './routing-test.tsx';

export interface RoutingPerson {
  readonly id: string;
  readonly name: string;
}

interface Props {
  readonly rules: readonly RoutingRule[];
  readonly people: readonly RoutingPerson[];
  readonly mayChange: boolean;
}

/** Whose findings are whose: rules in their order, a test, and what a change does before it is saved. */
export function RoutingEditor({ rules, people, mayChange }: Props) {
  const [drafts, setDrafts] = useState<readonly RuleDraft[]>(() => rules.map(draftOf));
  const [preview, setPreview] = useState<RoutingPreview | null>(null);
  const [faults, setFaults] = useState<readonly string[]>([]);
  const [pending, startTransition] = useTransition();

  function change(next: readonly RuleDraft[]) {
    setDrafts(next);
    setPreview(null);
    setFaults([]);
  }

  function move(at: number, step: 1 | -1) {
    const next = [...drafts];
    const [moved] = next.splice(at, 1);
    if (moved !== undefined) next.splice(at + step, 0, moved);
    change(next);
  }

  function send(isPreview: boolean) {
    startTransition(async () => {
      const result = await setRoutingRulesAction({ rules: drafts.map(ruleOf), preview: isPreview });
      setFaults(result.ok ? [] : [...new Set([...Object.values(result.fields), result.message])].slice(0, 10));
      if (!result.ok) return;
      setPreview(isPreview ? result.value : null);
      if (!isPreview) {
        showToast(`Saved. ${formatCounted(result.value.changed, 'finding')} get another owner or team in a moment.`);
      }
    });
  }

  return (
    <section className="max-w-200">
      <div className="section-head">
        <h2>Routing</h2>
        <span className="text-12 text-fg-3">
          {rules.length === 0
            ? 'No rule, the default: findings have no owner until somebody assigns them'
            : `${formatCounted(rules.length, 'rule')} in force; the first that fits decides`}
        </span>
      </div>
      <ol className="grid gap-3">
        {drafts.map((draft, at) => (
          <li key={draft.id} className="rounded-2 border border-line p-3">
            <fieldset disabled={!mayChange} className="grid items-start gap-3 sm:grid-cols-3">
              <legend className="vh">Rule {at + 1}</legend>
              <RuleFields
                draft={draft}
                people={people}
                onChange={(next) => change(drafts.map((one) => (one === draft ? next : one)))}
              />
            </fieldset>
            {mayChange ? (
              <div className="mt-2 flex items-center gap-1">
                <span className="mr-auto text-12 text-fg-3">Rule {at + 1}</span>
                <Button
                  kind="ghost"
                  icon
                  aria-label={`Rule ${at + 1} earlier`}
                  disabled={at === 0}
                  onClick={() => move(at, -1)}
                >
                  <ArrowUp size={14} strokeWidth={1.6} aria-hidden="true" />
                </Button>
                <Button
                  kind="ghost"
                  icon
                  aria-label={`Rule ${at + 1} later`}
                  disabled={at === drafts.length - 1}
                  onClick={() => move(at, 1)}
                >
                  <ArrowDown size={14} strokeWidth={1.6} aria-hidden="true" />
                </Button>
                <Button
                  kind="ghost"
                  icon
                  aria-label={`Remove rule ${at + 1}`}
                  onClick={() => change(drafts.filter((one) => one !== draft))}
                >
                  <Trash2 size={14} strokeWidth={1.6} aria-hidden="true" />
                </Button>
              </div>
            ) : null}
          </li>
        ))}
      </ol>
      {mayChange ? (
        <div className="mt-3 flex flex-wrap items-center gap-2">
          <Button onClick={() => change([...drafts, blank()])}>
            <Plus size={14} strokeWidth={1.6} aria-hidden="true" />
            Add rule
          </Button>
          <Button kind="primary" disabled={pending} onClick={() => send(preview === null)}>
            {preview === null ? 'Preview' : 'Save rules'}
          </Button>
        </div>
      ) : null}
      {faults.length === 0 ? null : (
        <ul role="alert" className="mt-3 text-danger">
          {faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      )}
      {preview === null ? null : <RoutingEffect preview={preview} people={people} />}
      <RoutingTest rules={drafts.map(ruleOf)} people={people} />
    </section>
  );
}

interface FieldsProps {
  readonly draft: RuleDraft;
  readonly people: readonly RoutingPerson[];
  readonly onChange: (draft: RuleDraft) => void;
}

function RuleFields({ draft, people, onChange }: FieldsProps) {
  const field = (name: 'name' | 'tags' | 'accounts' | 'resources' | 'paths' | 'team') => ({
    value: draft[name],
    autoComplete: 'off',
    onChange: (event: { readonly target: { readonly value: string } }) =>
      onChange({ ...draft, [name]: event.target.value }),
  });
  const known = people.some(({ id }) => id === draft.owner) || draft.owner === '';
  return (
    <>
      <TextField label="Name" {...field('name')} />
      <TextField label="Tags" hint="Team=pay*, Env=prod" {...field('tags')} />
      <TextField label="Accounts" hint="Ids between commas; * stands for any." {...field('accounts')} />
      <TextField label="Resources" hint="Names, such as payments-*" {...field('resources')} />
      <TextField label="Paths" hint="Where packages lie, /opt/app/*" {...field('paths')} />
      <TextField label="Team" hint="A name, or tag:Team for what that tag says." {...field('team')} />
      <SelectField
        label="Owner"
        value={draft.owner}
        onChange={(event) => onChange({ ...draft, owner: event.target.value })}
        options={[
          { value: '', label: 'Nobody' },
          ...(known ? [] : [{ value: draft.owner, label: draft.owner }]),
          ...people.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
    </>
  );
}

function blank(): RuleDraft {
  const id = crypto.randomUUID();
  return { id, name: '', tags: '', accounts: '', resources: '', paths: '', owner: '', team: '', kept: {} };
}
