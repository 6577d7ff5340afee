'use client';

import { useRef, useState, useTransition } from 'react';
import { SEVERITY_WORDS } from '@/components/findings/severity-words.ts';
import { formatCount } from '@/components/format/format-count.ts';
import { Button } from '@/components/ui/button.tsx';
import { SelectField } from '@/components/ui/select-field.tsx';
import { TextField } from '@/components/ui/text-field.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import { DEFAULT_SLA_POLICY, type SlaPolicy } from '@/lib/core/findings/sla-policy.ts';
import type { DutyPreview } from '@/lib/core/model/duty.ts';
import { SEVERITIES } from '@/lib/core/model/severity.ts';
import { setSlaPolicyAction } from '../actions.ts';
import { policyOfForm } from '../policy-of-form.ts';

const MODES = [
  { value: 'severity', label: 'Days by severity' },
  { value: 'bod-26-04', label: 'Timelines of CISA BOD 26-04' },
];

interface Props {
  readonly policy: SlaPolicy;
  readonly mayChange: boolean;
}

/** When findings are due; what a change does to them is said before it is saved. */
export function SlaForm({ policy, mayChange }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const [preview, setPreview] = useState<DutyPreview | null>(null);
  const [failure, setFailure] = useState<{
    readonly message: string;
    readonly fields: Readonly<Record<string, string>>;
  }>();
  const [pending, startTransition] = useTransition();
  const faults = failure?.fields ?? {};

  function send(isPreview: boolean) {
    if (form.current === null) return;
    const next = policyOfForm(new FormData(form.current));
    startTransition(async () => {
      const result = await setSlaPolicyAction({ policy: next, preview: isPreview });
      setFailure(result.ok ? undefined : result);
      if (!result.ok) return;
      setPreview(isPreview ? result.value : null);
      if (!isPreview) showToast(`Saved. ${inWords(result.value)} Stored findings follow in a moment.`);
    });
  }

  return (
    <section className="max-w-160">
      <div className="section-head">
        <h2>SLA</h2>
        <span className="text-12 text-fg-3">
          Policy {policy.version}
          {policy.version === DEFAULT_SLA_POLICY.version ? ', the default,' : ''} is in force
        </span>
      </div>
      <form
        ref={form}
        noValidate
        className="grid gap-4"
        onChange={() => setPreview(null)}
        onSubmit={(event) => {
          event.preventDefault();
          send(preview === null);
        }}
      >
        <fieldset disabled={!mayChange} className="grid gap-4">
          <SelectField
            label="Due dates come from"
            name="mode"
            defaultValue={policy.mode}
            options={MODES}
            error={faults.mode}
          />
          <div className="grid grid-cols-2 items-start gap-4 sm:grid-cols-3">
            {SEVERITIES.map((severity) => (
              <TextField
                key={severity}
                label={SEVERITY_WORDS[severity]}
                name={`days.${severity}`}
                inputMode="decimal"
                autoComplete="off"
                defaultValue={policy.days[severity] ?? ''}
                hint={`Days; default ${DEFAULT_SLA_POLICY.days[severity] ?? 'none'}.`}
                error={faults[`days.${severity}`]}
              />
            ))}
          </div>
          <div className="grid items-start gap-4 sm:grid-cols-3">
            <TextField
              label="Internet divides by"
              name="exposedDivisor"
              inputMode="decimal"
              defaultValue={policy.exposedDivisor}
              hint="What the internet reaches has its days divided by this."
              error={faults.exposedDivisor}
            />
            <TextField
              label="Grace for CISA's date"
              name="kevGraceDays"
              inputMode="decimal"
              defaultValue={policy.kevGraceDays ?? ''}
              hint="Days that the catalogue's date leaves at least. Empty: its date does not count."
              error={faults.kevGraceDays}
            />
            <TextField
              label="Hours to settle"
              name="settleHours"
              inputMode="decimal"
              defaultValue={policy.settleHours}
              hint="A new resource has this long before a clock starts."
              error={faults.settleHours}
            />
          </div>
          <label className="flex items-center gap-2">
            <input type="checkbox" className="checkbox" name="fromFix" defaultChecked={policy.fromFix} />
            The clock waits until a fix is published, where its date is known
          </label>
          <p className="text-12 text-fg-3">
            The clock starts at the first observation. It stands still while a risk is accepted or a finding is hidden,
            and that time is added to the due date.
          </p>
          {mayChange ? (
            <TextField
              label="Version of this policy"
              name="version"
              autoComplete="off"
              defaultValue={policy.version}
              hint="Shown with each due date. 1 to 40 letters, digits, dots and dashes."
              error={faults.version}
            />
          ) : null}
        </fieldset>
        <p role="alert" className="text-danger empty:hidden">
          {failure !== undefined && Object.keys(faults).length === 0 ? failure.message : ''}
        </p>
        <p role="status" className="rounded-2 bg-sunken px-3 py-2 empty:hidden">
          {preview === null ? '' : inWords(preview)}
        </p>
        {mayChange ? (
          <div className="flex items-center gap-2">
            <Button kind="primary" type="submit" disabled={pending}>
              {preview === null ? 'Preview' : 'Save policy'}
            </Button>
            <span className="text-12 text-fg-3">Nothing changes before you have seen what it does.</span>
          </div>
        ) : null}
      </form>
    </section>
  );
}

/** `118 overdue becomes 164, 264 due in 7 days becomes 190.` */
function inWords({ before, after }: DutyPreview): string {
  return `${formatCount(before.overdue)} overdue becomes ${formatCount(after.overdue)}, ${formatCount(before.dueIn7Days)} due in 7 days becomes ${formatCount(after.dueIn7Days)}.`;
}
