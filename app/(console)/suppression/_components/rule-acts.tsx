'use client';

import { useState, useTransition } from 'react';
import { formatCounted } from '@/components/format/format-count.ts';
import { formatDate } from '@/components/format/format-time.ts';
import { ActionForm } from '@/components/ui/action-form.tsx';
import { Button } from '@/components/ui/button.tsx';
import { TextField } from '@/components/ui/text-field.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import type { ListedRule } from '@/lib/core/model/suppression.ts';
import { approveRuleAction, endRuleAction, extendRuleAction } from '../actions.ts';
import { dayAfter, endOf, lastDay } from './rule-days.ts';

interface Props {
  readonly rule: ListedRule;
  readonly now: Date;
}

/** What can be done with a rule that has not ended; what the reader may not do says why. */
export function RuleActs({ rule, now }: Props) {
  const waits = rule.state === 'proposed' || rule.proposedEnd !== null;
  return (
    <>
      {waits || (rule.refused.approve === null && rule.figures.spared > 0) ? <Approval rule={rule} /> : null}
      {rule.state === 'active' && rule.proposedEnd === null ? <Extension rule={rule} now={now} /> : null}
      <Ending rule={rule} />
    </>
  );
}

function Approval({ rule }: { readonly rule: ListedRule }) {
  const [pending, startTransition] = useTransition();
  const [message, setMessage] = useState('');
  const { proposedEnd, refused } = rule;

  function approve() {
    startTransition(async () => {
      const result = await approveRuleAction({ id: rule.id });
      setMessage(result.ok ? '' : result.message);
      if (result.ok) {
        showToast(
          proposedEnd === null
            ? `Approved. ${formatCounted(result.value.changed, 'finding')} hidden${result.value.jobId === null ? '' : '; the rest in a moment'}.`
            : `Approved until ${formatDate(proposedEnd.endsAt)}.`,
        );
      }
    });
  }

  return (
    <section className="panel-block">
      <h3>Second person</h3>
      <p className="mb-2 text-fg-2">
        {proposedEnd === null
          ? 'It hides what is critical or known to be exploited, or was proposed by somebody who may not decide alone.'
          : `${proposedEnd.by.name} asks for ${formatDate(proposedEnd.endsAt)}: ${proposedEnd.reason}`}
      </p>
      <Button kind="primary" disabled={pending || refused.approve !== null} onClick={approve}>
        Approve
      </Button>
      <p className="mt-1.5 text-12 text-fg-3 empty:hidden">{refused.approve ?? ''}</p>
      <p role="alert" className="mt-1.5 text-danger empty:hidden">
        {message}
      </p>
    </section>
  );
}

function Extension({ rule, now }: Props) {
  const [day, setDay] = useState(lastDay(now));
  const { extend } = rule.refused;
  return (
    <section className="panel-block">
      <h3>Extend</h3>
      {extend === null ? (
        <ActionForm
          action={extendRuleAction}
          submitLabel="Extend"
          onDone={({ needsApproval }) =>
            showToast(needsApproval ? 'Asked for. A second person has to approve the later end.' : 'It ends later now.')
          }
        >
          {(faults) => (
            <>
              <input type="hidden" name="id" value={rule.id} />
              <input type="hidden" name="endsAt" value={endOf(day)} />
              <TextField
                label="New end"
                type="date"
                value={day}
                min={dayAfter(rule.endsAt ?? now, 1)}
                max={lastDay(now)}
                onChange={(event) => setDay(event.target.value)}
                error={faults.endsAt}
              />
              <TextField label="Why it is still right" name="reason" autoComplete="off" error={faults.reason} />
            </>
          )}
        </ActionForm>
      ) : (
        <p className="text-fg-3">{extend}</p>
      )}
    </section>
  );
}

function Ending({ rule }: { readonly rule: ListedRule }) {
  const { end } = rule.refused;
  const refuses = rule.state === 'proposed';
  return (
    <section className="panel-block">
      <h3>{refuses ? 'Refuse' : 'End now'}</h3>
      {end === null ? (
        <ActionForm
          action={endRuleAction}
          submitLabel={refuses ? 'Refuse' : 'End rule'}
          onDone={({ changed, jobId }) =>
            showToast(
              refuses
                ? 'Refused. It hides nothing.'
                : `Ended. ${formatCounted(changed, 'finding')} ${changed === 1 ? 'is' : 'are'} back${jobId === null ? '' : '; the rest in a moment'}.`,
            )
          }
        >
          {(faults) => (
            <>
              <input type="hidden" name="id" value={rule.id} />
              <TextField label="Why" name="reason" autoComplete="off" error={faults.reason} />
            </>
          )}
        </ActionForm>
      ) : (
        <p className="text-fg-3">{end}</p>
      )}
    </section>
  );
}
