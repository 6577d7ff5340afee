'use client';

import { Building2, Calendar, ChevronDown, Globe, type LucideIcon, SlidersHorizontal, Tag } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import type { SavedScope } from '@/lib/core/model/personal.ts';
import { type Scope, WHOLE_ESTATE } from '@/lib/core/model/scope.ts';
import { isRunning, monthOfPeriod, pastDayOf, type TimeRange } from '@/lib/core/model/time-range.ts';
import type { ScopeChoices } from '@/lib/core/model/views.ts';
import { formatCounted } from '../format/format-count.ts';
import { Popover } from '../ui/popover.tsx';
import { accountsInWords } from './account-choice.ts';
import { AccountList } from './account-list.tsx';
import { type SaveScopes, ScopeBookmark } from './scope-bookmark.tsx';
import { ScopeList, type ScopeOption } from './scope-list.tsx';
import { formatScope, parseScope } from './scope-params.ts';
import { addressWith } from './search-params.ts';
import { openPart, useShellPart } from './shell-state.ts';
import { TimeList } from './time-list.tsx';
import { endOfDayWords, timeWords } from './time-words.ts';
import { useAddress } from './use-address.ts';
import { type StoreAccounts, useScopeAccounts } from './use-scope-accounts.ts';

const WITHOUT_SCOPE = ['/scans', '/settings', '/suppression', '/activity'] as const;
/** Pages that always speak of the present; the control stays in its place and says why it cannot be changed. */
const PRESENT_ONLY = ['/findings/', '/resources', '/coverage', '/vulnerabilities', '/my-work'] as const;
/** Pages that show one moment: the present, or the end of a past day. */
const OF_A_MOMENT = ['/findings'] as const;
/** Pages that show one month. */
const OF_A_MONTH = ['/cost'] as const;

const ScopeSheet = dynamic(() => import('./scope-sheet.tsx').then((module) => module.ScopeSheet), { ssr: false });

interface Props {
  readonly choices: ScopeChoices | null;
  readonly saved: readonly SavedScope[];
  readonly saveScopes: SaveScopes;
  readonly storeAccounts: StoreAccounts;
  readonly now: Date;
}

export function ScopeBar({ choices, saved, saveScopes, storeAccounts, now }: Props) {
  const { pathname, values } = useAddress();
  const router = useRouter();
  const part = useShellPart();
  const [, startTransition] = useTransition();
  const scope = parseScope(values);
  const fixed = WITHOUT_SCOPE.some((path) => pathname.startsWith(path));
  const present = fixed || PRESENT_ONLY.some((path) => pathname.startsWith(path));
  const ofAMoment = timeKind(pathname) === 'state';
  const ofAMonth = timeKind(pathname) === 'month';
  const month: TimeRange = `month:${monthOfPeriod(scope.time, now)}`;
  const pastDay = pastDayOf(scope.time, now);

  function change(next: Partial<Scope>) {
    const changes = formatScope({ ...scope, ...next });
    startTransition(() => router.push(addressWith(pathname, values, { ...changes, sel: null }), { scroll: false }));
  }

  const { names, dropped, fault, choose } = useScopeAccounts(
    scope.accounts,
    choices?.accounts ?? null,
    storeAccounts,
    (accounts) => change({ accounts }),
  );
  const lists = listsOf(choices, { ...scope, accounts: names }, (next) =>
    next.accounts === undefined ? change(next) : choose(next.accounts),
  );
  const timeValue = present ? 'Now' : (momentWords() ?? timeWords(scope.time));
  const time = (
    <TimeList
      kind={timeKind(pathname)}
      value={ofAMonth ? month : scope.time}
      pastDay={pastDay}
      now={now}
      onChange={(value) => change({ time: value ?? WHOLE_ESTATE.time })}
    />
  );

  function momentWords(): string | null {
    if (ofAMonth) return timeWords(month);
    if (!ofAMoment) return null;
    return pastDay === null ? 'Now' : endOfDayWords(pastDay);
  }

  return (
    <>
      <div className="flex items-center gap-0.5 max-md:hidden">
        {lists.map((list) => (
          <div key={list.label} className="flex items-center gap-0.5">
            <ScopeControl {...list} disabled={fixed ? 'This page covers the whole installation' : null} />
            <span className="rule-v" />
          </div>
        ))}
        <ScopeControl
          icon={Calendar}
          label="Time"
          value={timeValue}
          width={260}
          disabled={present ? 'This page shows the present state' : null}
        >
          {time}
        </ScopeControl>
        {fixed ? null : <ScopeBookmark scope={scope} saved={saved} save={saveScopes} />}
      </div>
      {fixed ? null : <ScopeFault dropped={dropped} fault={fault} />}
      <button
        type="button"
        className="btn hit ml-auto !h-8 md:hidden"
        data-size="inline"
        disabled={fixed}
        onClick={() => openPart('scope')}
      >
        <SlidersHorizontal size={14} strokeWidth={1.6} aria-hidden="true" />
        {fixed
          ? 'All'
          : `${lists[0]?.value ?? 'All'} · ${isRunning(scope.time) && timeValue !== 'Now' ? scope.time.replace(/(\d+)/, '$1 ') : timeValue}`}
      </button>
      {part === 'scope' ? <ScopeSheet lists={lists} time={present ? null : time} /> : null}
    </>
  );
}

function timeKind(pathname: string): 'state' | 'month' | 'period' {
  if (OF_A_MOMENT.some((path) => pathname === path)) return 'state';
  return OF_A_MONTH.some((path) => pathname === path) ? 'month' : 'period';
}

/** An address that somebody shared may name accounts beyond the reader's rights: how many is said, which is not. */
function ScopeFault({ dropped, fault }: { readonly dropped: number; readonly fault: string | null }) {
  if (fault === null && dropped === 0) return null;
  return (
    <span role="status" className="truncate text-12 text-warn" title={fault ?? 'They are outside of what you may see'}>
      {fault ?? `${formatCounted(dropped, 'account')} of this address left out`}
    </span>
  );
}

interface ControlProps {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly value: string;
  readonly width: number;
  /** Why it cannot be used on this page; null where it can. */
  readonly disabled: string | null;
  readonly children: React.ReactNode;
}

function ScopeControl({ icon: Icon, label, value, width, disabled, children }: ControlProps) {
  const face = (
    <>
      <Icon size={14} strokeWidth={1.6} aria-hidden="true" />
      <span className="text-fg-3">{label}</span>
      <span className={disabled ? 'text-fg-3' : 'font-medium'}>{value}</span>
    </>
  );
  if (disabled) {
    return (
      <button type="button" className="scope-button cursor-default" aria-disabled="true" title={disabled}>
        {face}
        <span className="vh">, {disabled}</span>
      </button>
    );
  }
  return (
    <Popover
      label={label}
      width={width}
      trigger={
        <button type="button" className="scope-button">
          {face}
          <ChevronDown size={14} strokeWidth={1.6} aria-hidden="true" />
        </button>
      }
    >
      {children}
    </Popover>
  );
}

type ListControl = Omit<ControlProps, 'disabled'>;

function listsOf(
  choices: ScopeChoices | null,
  scope: Scope,
  change: (next: Partial<Scope>) => void,
): readonly ListControl[] {
  const accounts = choices?.accounts ?? [];
  const regions = (choices?.regions ?? []).map((region): ScopeOption => ({ value: region, label: region }));
  const environments = (choices?.environments ?? []).map((name): ScopeOption => ({ value: name, label: name }));
  return [
    {
      icon: Building2,
      label: 'Accounts',
      value: accountsInWords(scope.accounts, accounts),
      width: 340,
      children: (
        <AccountList
          accounts={accounts}
          selected={scope.accounts}
          onChange={(values) => change({ accounts: values })}
        />
      ),
    },
    {
      icon: Globe,
      label: 'Regions',
      value: summary(scope.regions, regions, `${regions.length}`),
      width: 240,
      children: (
        <ScopeList
          name="regions"
          options={regions}
          selected={scope.regions}
          onChange={(values) => change({ regions: values })}
        />
      ),
    },
    {
      icon: Tag,
      label: 'Env',
      value: summary(scope.environments, environments, 'Any'),
      width: 220,
      children: (
        <ScopeList
          name="environments"
          options={environments}
          selected={scope.environments}
          onChange={(values) => change({ environments: values })}
        />
      ),
    },
  ];
}

function summary(selected: readonly string[], options: readonly ScopeOption[], all: string): string {
  if (selected.length === 0) return all;
  if (selected.length > 1) return `${selected.length} of ${options.length}`;
  return options.find((option) => option.value === selected[0])?.label ?? selected[0] ?? all;
}
