'use client';

import { useRouter } from 'next/navigation';
import { useId, useState, useTransition } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { SelectField } from '@/components/ui/select-field.tsx';
import { TextField } from '@/components/ui/text-field.tsx';
import type { NetworkPlace, ReadGroup } from '@/lib/core/model/exposure-view.ts';
import type { NetworkChange } from '@/lib/core/model/network-change.ts';
import type { TriedChanges } from '@/lib/operations/network/try-changes.ts';
import { tryChangesAction } from '../actions.ts';
import { type DraftRule, draftRule, EMPTY_DRAFT, rangeOf } from '../draft-rule.ts';
import { TriedResult } from './tried-result.tsx';

interface Props {
  readonly places: readonly { readonly value: string; readonly label: string; readonly href: string }[];
  readonly place: NetworkPlace;
  readonly groups: readonly ReadGroup[];
  /** The group to begin with; empty for none. */
  readonly groupId: string;
}

const CHANGES_MAX = 20;
const KINDS = [
  { value: 'authorize', label: 'Add a rule' },
  { value: 'revoke', label: 'Remove a rule' },
];
const PROTOCOLS = [
  { value: 'tcp', label: 'TCP' },
  { value: 'udp', label: 'UDP' },
  { value: '-1', label: 'All traffic' },
];

/** Rules to be added and removed, and what they would do. */
export function TryForm({ places, place, groups, groupId }: Props) {
  const router = useRouter();
  const groupList = useId();
  const [drafts, setDrafts] = useState<readonly DraftRule[]>([{ ...EMPTY_DRAFT, groupId }]);
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const [tried, setTried] = useState<{
    readonly result: TriedChanges;
    readonly changes: readonly NetworkChange[];
  } | null>(null);
  const [failure, setFailure] = useState('');
  const [pending, startTransition] = useTransition();
  const change = (at: number, part: Partial<DraftRule>): void =>
    setDrafts((all) => all.map((one, index) => (index === at ? { ...one, ...part } : one)));

  function submit(): void {
    const changes = drafts.map(draftRule);
    startTransition(async () => {
      const answer = await tryChangesAction({ accountId: place.accountId, region: place.region, changes });
      setTried(answer.ok ? { result: answer.value, changes } : null);
      setFaults(answer.ok ? {} : answer.fields);
      setFailure(answer.ok ? '' : answer.message);
    });
  }

  return (
    <>
      <form
        className="grid gap-3"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <SelectField
          label="Account and region"
          options={places}
          value={`${place.accountId}/${place.region}`}
          onChange={(event) => {
            const next = places.find(({ value }) => value === event.target.value);
            if (next !== undefined) router.push(next.href, { scroll: false });
          }}
        />
        <datalist id={groupList}>
          {groups.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </datalist>
        {drafts.map((draft, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: drafts are never put in another order
          <fieldset key={at} className="grid gap-3 border-line border-t pt-3">
            <legend className="sr-only">Change {at + 1}</legend>
            <div className="grid grid-cols-2 gap-3">
              <SelectField
                label="Change"
                options={KINDS}
                value={draft.kind}
                onChange={(event) => change(at, { kind: event.target.value as DraftRule['kind'] })}
              />
              <TextField
                label="Security group"
                value={draft.groupId}
                onChange={(event) => change(at, { groupId: event.target.value })}
                placeholder="sg-…"
                list={groupList}
                autoComplete="off"
                spellCheck={false}
                error={faults[`changes.${at}.rule.groupId`] ?? (drafts.length === 1 ? faults.groupId : undefined)}
              />
              <SelectField
                label="Protocol"
                options={PROTOCOLS}
                value={draft.protocol}
                onChange={(event) => change(at, { protocol: event.target.value as DraftRule['protocol'] })}
              />
              <TextField
                label="Ports"
                value={draft.protocol === '-1' ? 'all' : draft.ports}
                disabled={draft.protocol === '-1'}
                onChange={(event) => change(at, { ports: event.target.value })}
                placeholder="22 or 8000-8080"
                autoComplete="off"
                error={rangeFault(draft, faults[`changes.${at}.rule.from`])}
              />
            </div>
            <TextField
              label="From"
              value={draft.source}
              onChange={(event) => change(at, { source: event.target.value })}
              placeholder="203.0.113.0/24, sg-… or pl-…"
              autoComplete="off"
              spellCheck={false}
              error={faults[`changes.${at}.rule.source`]}
            />
          </fieldset>
        ))}
        <div className="flex gap-2">
          <Button kind="primary" type="submit" disabled={pending}>
            {pending ? 'Trying …' : 'Try'}
          </Button>
          {drafts.length < CHANGES_MAX ? (
            <Button onClick={() => setDrafts([...drafts, { ...EMPTY_DRAFT, groupId: drafts.at(-1)?.groupId ?? '' }])}>
              Another change
            </Button>
          ) : null}
          {drafts.length > 1 ? (
            <Button kind="ghost" onClick={() => setDrafts(drafts.slice(0, -1))}>
              Remove the last
            </Button>
          ) : null}
        </div>
        <p role="alert" className="text-danger empty:hidden">
          {Object.keys(faults).length === 0 ? failure : ''}
        </p>
      </form>
      {tried === null ? null : <TriedResult {...tried} region={place.region} />}
    </>
  );
}

function rangeFault(draft: DraftRule, fault: string | undefined): string | undefined {
  return fault === undefined || rangeOf(draft) !== null ? fault : 'Write a port, or a range such as 8000-8080.';
}
