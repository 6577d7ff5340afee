'use client';

import { useEffect, useState, useTransition } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { SelectField } from '@/components/ui/select-field.tsx';
import { TextField } from '@/components/ui/text-field.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import type { MailChoice, MailTime } from '@/lib/core/model/mail.ts';
import { NOTICE_KINDS, type NoticeKind } from '@/lib/core/model/notice.ts';
import { saveMailChoiceAction } from '../actions.ts';

const KINDS: Readonly<Record<NoticeKind, string>> = {
  mention: 'Somebody mentions you',
  assigned: 'Findings are given to you',
  act: 'Your act on many findings has ended',
  approval: 'A rule waits for your yes',
  watch: 'A vulnerability that you watch is found',
  ending: 'A decision of yours ends soon',
  due: 'Something of yours is due',
  drift: 'An exposure that you answer for is wider than intended',
};
const TIMES: readonly { readonly value: MailTime; readonly label: string }[] = [
  { value: 'now', label: 'At once' },
  { value: 'digest', label: 'In the digest' },
  { value: 'never', label: 'Not by mail' },
];
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const EVERY = [
  { value: '0', label: 'Every day' },
  ...DAYS.map((label, index) => ({ value: String(index + 1), label: `Every ${label}` })),
];
const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}));
const QUIET_FROM = [{ value: '', label: 'None' }, ...HOURS];

interface Props {
  readonly choice: MailChoice;
  readonly isChosen: boolean;
}

/** Which notices come by mail, and when. */
export function MailChoiceForm({ choice, isChosen }: Props) {
  const [zone, setZone] = useState(choice.zone);
  const [quietFrom, setQuietFrom] = useState(choice.quiet === null ? '' : String(choice.quiet.from));
  const [fault, setFault] = useState<{ readonly message: string; readonly zone: string | undefined } | null>(null);
  const [pending, startTransition] = useTransition();

  // Whoever has not chosen yet is offered the zone of their browser.
  useEffect(() => {
    if (!isChosen) setZone(Intl.DateTimeFormat().resolvedOptions().timeZone);
  }, [isChosen]);

  function save(form: FormData): void {
    const text = (name: string) => String(form.get(name) ?? '');
    const every = Number(text('every'));
    const next: MailChoice = {
      kinds: Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, text(kind)])) as MailChoice['kinds'],
      digest: { every: every === 0 ? 'day' : 'week', weekday: every || 1, hour: Number(text('hour')) },
      quiet: quietFrom === '' ? null : { from: Number(quietFrom), to: Number(text('quietTo')) },
      zone: text('zone').trim(),
    };
    startTransition(async () => {
      const result = await saveMailChoiceAction(next);
      setFault(result.ok ? null : { message: result.message, zone: result.fields.zone });
      if (result.ok) showToast('Saved. It counts from the next notice on.');
    });
  }

  return (
    <form
      className="grid gap-5 pt-3"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save(new FormData(event.currentTarget));
      }}
    >
      <fieldset className="grid gap-4 sm:grid-cols-2">
        <legend className="mb-2 font-medium">What comes by mail</legend>
        {NOTICE_KINDS.map((kind) => (
          <SelectField key={kind} label={KINDS[kind]} name={kind} defaultValue={choice.kinds[kind]} options={TIMES} />
        ))}
      </fieldset>
      <p className="text-12 text-fg-3">What you have read in the console before its time is not mailed.</p>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <SelectField
          label="Digest"
          name="every"
          defaultValue={choice.digest.every === 'day' ? '0' : String(choice.digest.weekday)}
          options={EVERY}
        />
        <SelectField label="Digest at" name="hour" defaultValue={String(choice.digest.hour)} options={HOURS} />
        <SelectField
          label="Quiet hours from"
          name="quietFrom"
          value={quietFrom}
          onChange={(event) => setQuietFrom(event.target.value)}
          options={QUIET_FROM}
        />
        {quietFrom === '' ? null : (
          <SelectField
            label="Quiet hours to"
            name="quietTo"
            defaultValue={String(choice.quiet?.to ?? 7)}
            options={HOURS}
          />
        )}
        <TextField
          label="Time zone"
          name="zone"
          autoComplete="off"
          value={zone}
          onChange={(event) => setZone(event.target.value)}
          hint="Of the hours above, such as Europe/Berlin. In quiet hours nothing comes at once; it waits until they end."
          error={fault?.zone}
        />
      </div>
      <p role="alert" className="text-danger empty:hidden">
        {fault !== null && fault.zone === undefined ? fault.message : ''}
      </p>
      <Button kind="primary" type="submit" className="justify-self-start" disabled={pending}>
        Save
      </Button>
    </form>
  );
}
