'use client';

import { type FormEvent, useState, useTransition } from 'react';
import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { QueryField } from '@/components/query/query-field.tsx';
import { Button } from '@/components/ui/button.tsx';
import { LongTextField } from '@/components/ui/long-text-field.tsx';
import { SelectField } from '@/components/ui/select-field.tsx';
import { TextField } from '@/components/ui/text-field.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import type { ActionResult } from '@/lib/auth/action-result.ts';
import type { EstateValues } from '@/lib/core/findings/query/complete-query.ts';
import { RULE_DAYS_MAX, RULE_REASON_CHARACTERS_MAX } from '@/lib/core/findings/suppression.ts';
import type { RuleOwner } from '@/lib/operations/suppression/list-rule-owners.ts';
import { createRuleAction } from '../actions.ts';
import { PanelHead } from './panel-head.tsx';
import type { RuleReader } from './rule-board.tsx';
import { dayAfter, endOf, lastDay } from './rule-days.ts';
import { RulePreviewFigures } from './rule-preview.tsx';
import { useRulePreview } from './use-rule-preview.ts';

/** A rule that hides more asks once more before it does. */
const ASKED_FROM = 100;
const DAYS = 90;

interface Props {
  readonly query: string;
  readonly owners: readonly RuleOwner[];
  readonly estate: EstateValues;
  readonly reader: RuleReader;
  readonly now: Date;
  readonly onClose: () => void;
  readonly onMade: (id: string) => void;
}

/** A rule while it is written, with what it would hide. */
export function NewRulePanel({ query: firstQuery, owners, estate, reader, now, onClose, onMade }: Props) {
  const [query, setQuery] = useState(firstQuery);
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<Extract<ActionResult<unknown>, { ok: false }> | null>(null);
  const [pending, startTransition] = useTransition();
  const { preview, refused, isBehind } = useRulePreview(query);
  const faults = failure?.fields ?? {};
  const total = preview?.effect.total ?? 0;
  const proposes = !reader.mayWrite || preview?.needsTwo === true;
  const blocked = preview === null || isBehind || preview.refused !== null;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (total > ASKED_FROM && !asking) {
      setAsking(true);
      return;
    }
    const { day, ...fields } = Object.fromEntries(new FormData(event.currentTarget));
    startTransition(async () => {
      const result = await createRuleAction({ ...fields, endsAt: endOf(String(day)) });
      setAsking(false);
      setFailure(result.ok ? null : result);
      if (!result.ok) return;
      const { needsApproval, effect, jobId, id } = result.value;
      showToast(
        needsApproval
          ? 'Proposed. It hides nothing until a second person approves it.'
          : `It hides ${formatCounted(effect.total, 'finding')}${jobId === null ? '' : '; the last of them in a moment'}.`,
      );
      onMade(id);
    });
  }

  return (
    <aside className="panel" aria-label="New rule">
      <PanelHead title="New rule" onClose={onClose} />
      <form className="grid min-h-0 gap-4 overflow-y-auto px-5 pt-3 pb-5" noValidate onSubmit={submit}>
        <QueryField
          label="Query"
          name="query"
          value={query}
          onChange={(text) => {
            setQuery(text);
            setAsking(false);
            setFailure(null);
          }}
          estate={estate}
          hint="What the findings are. That they are open goes without saying."
          error={refused ?? faults.query}
        />
        <section className="rounded-2 border border-line bg-sunken px-3 py-2.5" aria-label="What it would hide">
          <RulePreviewFigures preview={preview} isBehind={isBehind && query.trim() !== ''} />
        </section>
        <TextField
          label="Name"
          name="name"
          autoComplete="off"
          hint="3 to 64 letters, digits, dots, dashes and underscores."
          error={faults.name}
        />
        <LongTextField
          label="Reason"
          name="reason"
          maxLength={RULE_REASON_CHARACTERS_MAX}
          hint="Why these findings need no work. Whoever looks them over reads it."
          error={faults.reason}
        />
        <TextField
          label="Ends on"
          name="day"
          type="date"
          defaultValue={dayAfter(now, DAYS)}
          min={dayAfter(now, 1)}
          max={lastDay(now)}
          hint={`At most ${RULE_DAYS_MAX} days from now; then what it hides comes back.`}
          error={faults.endsAt}
        />
        <SelectField
          label="Looked over by"
          name="owner"
          defaultValue={reader.id}
          options={owners.map(({ id, name }) => ({ value: id, label: name }))}
          error={faults.owner}
        />
        <p role="alert" className="text-danger empty:hidden">
          {failure !== null && Object.keys(faults).length === 0 ? failure.message : ''}
        </p>
        {asking ? (
          <p role="status" className="rounded-2 bg-warn-tint px-3 py-2 text-warn">
            {formatCount(total)} findings leave every list, count and due date until the rule ends. Press again to go
            on.
          </p>
        ) : null}
        <div className="flex flex-wrap items-center gap-2">
          <Button kind="primary" type="submit" disabled={pending || blocked}>
            {labelOf(proposes, asking, total)}
          </Button>
          {reader.mayWrite ? null : (
            <span className="text-12 text-fg-3">Your role proposes; Security or an admin approves.</span>
          )}
        </div>
      </form>
    </aside>
  );
}

function labelOf(proposes: boolean, asking: boolean, total: number): string {
  const what = formatCounted(total, 'finding');
  if (proposes) return asking ? `Propose to hide ${what}` : 'Propose rule';
  return asking ? `Hide ${what}` : 'Create rule';
}
