'use client';

import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { TEAM_STATUS_WORDS } from '@/components/findings/status-words.ts';
import { formatCounted } from '@/components/format/format-count.ts';
import { initialsOf } from '@/components/layout/person.ts';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { LongTextField } from '@/components/ui/long-text-field.tsx';
import { TextField } from '@/components/ui/text-field.tsx';
import { ACCEPTED_DAYS_MAX, CHOSEN_STATUSES, type ChosenStatus, REASON_LENGTH_MAX } from '@/lib/core/model/triage.ts';
import { SNOOZE_DAYS_MAX } from '@/lib/core/model/triage-act.ts';
import { listAssigneesAction } from './actions.ts';
import { NO_ACCEPT, type TriageRights } from './rights.ts';
import type { TriageAct } from './triage-act.ts';

export type TriageDialogKind = 'assign' | 'status' | 'snooze';

interface Props {
  readonly kind: TriageDialogKind;
  /** How many findings it is about, and the name of the one where there is one. */
  readonly about: { readonly count: number; readonly name: string | null };
  readonly rights: TriageRights;
  readonly now: Date;
  /** Its content stands on the page, and takes the keys. */
  readonly onShown: () => void;
  readonly onAct: (act: TriageAct) => void;
  readonly onClose: () => void;
}

const TITLES = { assign: 'Assign', status: 'Set status', snooze: 'Snooze' } as const;

/** Whom, what or until when: chosen by keys alone, from the keys A, S and H. */
export function TriageDialog(props: Props) {
  const { kind, about, onShown, onClose } = props;
  const description = about.name ?? formatCounted(about.count, 'finding');
  return (
    <Dialog title={TITLES[kind]} description={description} open onOpenChange={onClose} width={440}>
      <Shown onShown={onShown} />
      {kind === 'assign' ? <AssignChoice {...props} /> : null}
      {kind === 'status' ? <StatusChoice {...props} /> : null}
      {kind === 'snooze' ? <SnoozeChoice {...props} /> : null}
    </Dialog>
  );
}

/** Inside the dialog, whose content is mounted later than the dialog itself. */
function Shown({ onShown }: Pick<Props, 'onShown'>) {
  useEffect(onShown, [onShown]);
  return null;
}

function AssignChoice({ rights, onAct }: Props) {
  const { data, isError, refetch } = useQuery({
    queryKey: ['assignees'],
    queryFn: async () => {
      const result = await listAssigneesAction({});
      if (!result.ok) throw new Error(result.message);
      return result.value;
    },
    staleTime: 300_000,
  });
  const others = (data?.people ?? []).filter(({ id }) => id !== rights.userId);
  return (
    <Choices label="People and teams" placeholder="Person or team">
      <Choice
        value={`me ${rights.name}`}
        onSelect={() => onAct({ kind: 'assign', owner: { id: rights.userId, name: rights.name } })}
      >
        <Initials name={rights.name} /> Me
      </Choice>
      {others.map(({ id, name, teams }) => (
        <Choice key={id} value={`${name} ${id}`} onSelect={() => onAct({ kind: 'assign', owner: { id, name } })}>
          <Initials name={name} />
          <bdi className="truncate">{name}</bdi>
          <bdi className="ml-auto truncate text-12 text-fg-3">{teams.join(', ')}</bdi>
        </Choice>
      ))}
      {(data?.teams ?? []).map((team) => (
        <Choice key={`team ${team}`} value={`team ${team}`} onSelect={() => onAct({ kind: 'assign', team })}>
          <span className="avatar !rounded-1" aria-hidden="true">
            {initialsOf(team)}
          </span>
          <bdi className="truncate">{team}</bdi>
          <span className="ml-auto text-12 text-fg-3">team</span>
        </Choice>
      ))}
      <Choice value="nobody" onSelect={() => onAct({ kind: 'assign', owner: null, team: null })}>
        <span className="avatar" data-none aria-hidden="true" /> Nobody
      </Choice>
      {isError ? (
        <p className="px-2 py-1.5 text-12 text-danger" role="alert">
          The others did not load.{' '}
          <button type="button" className="underline" onClick={() => void refetch()}>
            Try again
          </button>
        </p>
      ) : null}
    </Choices>
  );
}

const NEEDS_REASON: readonly ChosenStatus[] = ['accepted', 'false-positive'];
const STATUS_HINTS: Readonly<Record<ChosenStatus, string>> = {
  open: '',
  'in-progress': 'somebody works on it',
  'awaiting-rescan': 'fixed, the next scan tells',
  accepted: 'needs a reason and an end',
  'false-positive': 'needs a reason',
};

function StatusChoice({ rights, now, onAct }: Props) {
  const [asked, setAsked] = useState<ChosenStatus | null>(null);
  if (asked !== null) {
    return <ReasonForm status={asked} now={now} onAct={onAct} onBack={() => setAsked(null)} />;
  }
  return (
    <Choices label="Statuses" placeholder="Status">
      {CHOSEN_STATUSES.map((status) => (
        <Choice
          key={status}
          value={TEAM_STATUS_WORDS[status]}
          disabled={status === 'accepted' && !rights.accept}
          onSelect={() =>
            NEEDS_REASON.includes(status)
              ? setAsked(status)
              : onAct({ kind: 'status', status, reason: null, until: null })
          }
        >
          {TEAM_STATUS_WORDS[status]}
          <span className="ml-auto truncate text-12 text-fg-3">
            {status === 'accepted' && !rights.accept ? NO_ACCEPT : STATUS_HINTS[status]}
          </span>
        </Choice>
      ))}
      <p className="px-2 pt-1.5 text-12 text-fg-3">Fixed is set by a scan alone.</p>
    </Choices>
  );
}

const DAY_MS = 86_400_000;
const DRAFT = 'harrier.reason';

interface ReasonProps {
  readonly status: ChosenStatus;
  readonly now: Date;
  readonly onAct: (act: TriageAct) => void;
  readonly onBack: () => void;
}

function ReasonForm({ status, now, onAct, onBack }: ReasonProps) {
  // What was written survives a session that ended in the middle of it.
  const [reason, setReason] = useState(() => sessionStorage.getItem(DRAFT) ?? '');
  const [until, setUntil] = useState(dayAfter(now, 30));
  const [error, setError] = useState<string | null>(null);
  const ends = status === 'accepted';

  function submit(event: FormEvent) {
    event.preventDefault();
    if (reason.trim() === '') {
      setError('Say why, so that the next reader need not ask.');
      return;
    }
    sessionStorage.removeItem(DRAFT);
    onAct({ kind: 'status', status, reason: reason.trim(), until: ends ? endOf(until) : null });
  }

  return (
    <form className="grid gap-3" onSubmit={submit}>
      <LongTextField
        label={`Why ${TEAM_STATUS_WORDS[status].toLowerCase()}`}
        name="reason"
        value={reason}
        maxLength={REASON_LENGTH_MAX}
        rows={3}
        autoFocus
        error={error ?? undefined}
        onChange={(event) => {
          setReason(event.target.value);
          sessionStorage.setItem(DRAFT, event.target.value);
          setError(null);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) submit(event);
        }}
      />
      {ends ? (
        <TextField
          label="Until"
          name="until"
          type="date"
          value={until}
          min={dayAfter(now, 1)}
          max={dayAfter(now, ACCEPTED_DAYS_MAX)}
          required
          onChange={(event) => setUntil(event.target.value)}
        />
      ) : null}
      <div className="flex gap-2">
        <Button kind="primary" type="submit">
          {ends ? 'Accept the risk' : 'Mark as false positive'} <kbd>⌘↵</kbd>
        </Button>
        <Button kind="ghost" onClick={onBack}>
          Back
        </Button>
      </div>
    </form>
  );
}

const SNOOZES = [
  { label: 'Until tomorrow', days: 1 },
  { label: '3 days', days: 3 },
  { label: '1 week', days: 7 },
  { label: '2 weeks', days: 14 },
  { label: '30 days', days: 30 },
  { label: `${SNOOZE_DAYS_MAX} days`, days: SNOOZE_DAYS_MAX },
] as const;

function SnoozeChoice({ now, onAct }: Props) {
  const until = (days: number) => new Date(now.getTime() + days * DAY_MS - (days === SNOOZE_DAYS_MAX ? 60_000 : 0));
  return (
    <Choices label="Snooze" placeholder="How long">
      {SNOOZES.map(({ label, days }) => (
        <Choice key={label} value={label} onSelect={() => onAct({ kind: 'snooze', until: until(days) })}>
          {label}
          <span className="ml-auto text-12 text-fg-3">{dayAfter(now, days)}</span>
        </Choice>
      ))}
      <Choice value="wake no longer" onSelect={() => onAct({ kind: 'snooze', until: null })}>
        No longer snoozed
      </Choice>
      <p className="px-2 pt-1.5 text-12 text-fg-3">It stays open, and its due date runs.</p>
    </Choices>
  );
}

interface ChoicesProps {
  readonly label: string;
  readonly placeholder: string;
  readonly children: ReactNode;
}

function Choices({ label, placeholder, children }: ChoicesProps) {
  return (
    <Command label={label} className="grid gap-2">
      <div className="field sm:h-8">
        <Command.Input placeholder={placeholder} aria-label={placeholder} />
      </div>
      <Command.List className="max-h-72 overflow-y-auto">
        <Command.Empty className="px-2 py-1.5 text-fg-2">Nothing is called so.</Command.Empty>
        {children}
      </Command.List>
    </Command>
  );
}

interface ChoiceProps {
  readonly value: string;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

function Choice({ value, disabled = false, onSelect, children }: ChoiceProps) {
  return (
    <Command.Item value={value} disabled={disabled} onSelect={onSelect} className="menu-item">
      {children}
    </Command.Item>
  );
}

function Initials({ name }: { readonly name: string }) {
  return (
    <span className="avatar" aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

/** `2026-12-31`, so many days from now in UTC. */
function dayAfter(now: Date, days: number): string {
  return new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10);
}

function endOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}
