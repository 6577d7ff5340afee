import { ChevronDown, CircleCheck, CircleDashed, CircleDot, CircleSlash, EyeOff, RefreshCw } from 'lucide-react';
import Link from 'next/link';
import { OwnerMark } from '@/components/findings/owner-mark.tsx';
import { teamStatusWord } from '@/components/findings/status-words.ts';
import type { FindingRow } from '@/lib/core/model/views.ts';
import { NO_TRIAGE, type TriageRights } from '../triage/rights.ts';
import type { Triage } from '../triage/use-triage-keys.tsx';

interface Props {
  readonly row: FindingRow;
  readonly rights: TriageRights;
  readonly triage: Triage;
}

const ICONS = {
  Open: CircleDot,
  'In progress': CircleDashed,
  'Awaiting rescan': RefreshCw,
  Fixed: CircleCheck,
  Accepted: CircleSlash,
  'False positive': CircleSlash,
  Suppressed: EyeOff,
} as const;

/** The state of a finding, which opens what it can be set to. A scan alone sets Fixed, a rule alone Suppressed. */
export function StatusButton({ row, rights, triage }: Props) {
  const word = teamStatusWord(row);
  const Icon = ICONS[word as keyof typeof ICONS] ?? CircleDot;
  const icon = <Icon size={14} strokeWidth={1.6} aria-hidden="true" />;
  if (word === 'Suppressed') {
    return (
      <Link href="/suppression" className="inline-flex items-center gap-1.5 hover:underline" title="A rule hides it">
        {icon} Suppressed
      </Link>
    );
  }
  if (word === 'Fixed') {
    return (
      <span className="inline-flex items-center gap-1.5" title="A scan no longer saw it">
        {icon} Fixed
      </span>
    );
  }
  return (
    <button
      type="button"
      className="fact-button"
      disabled={!rights.triage}
      title={rights.triage ? 'Set status (S)' : NO_TRIAGE}
      onClick={() => triage.begin('status')}
    >
      {icon} {word}
      <ChevronDown size={12} strokeWidth={1.6} className="text-fg-3" aria-hidden="true" />
    </button>
  );
}

export function OwnerButton({ row, rights, triage }: Props) {
  const gone = row.ownerId !== null && row.ownerName === null;
  const name = row.ownerName ?? (gone ? 'A person who left' : (row.team ?? 'Nobody'));
  return (
    <button
      type="button"
      className="fact-button"
      disabled={!rights.triage}
      title={rights.triage ? 'Assign (A)' : NO_TRIAGE}
      onClick={() => triage.begin('assign')}
    >
      <OwnerMark name={row.ownerName} team={row.team} gone={gone} />
      <bdi className="truncate">{name}</bdi>
    </button>
  );
}
