import {
  CircleCheck,
  CircleDashed,
  CircleOff,
  CircleSlash,
  Clock,
  EyeOff,
  type LucideIcon,
  OctagonX,
  TriangleAlert,
} from 'lucide-react';
import type { LedgerState } from '@/lib/core/model/cloud.ts';

const ICONS: Readonly<Record<LedgerState, LucideIcon>> = {
  scanned: CircleCheck,
  stale: Clock,
  partial: TriangleAlert,
  'not-assessed': CircleDashed,
  unsupported: CircleSlash,
  excluded: EyeOff,
  denied: OctagonX,
  off: CircleOff,
};

export const LEDGER_WORDS: Readonly<Record<LedgerState, string>> = {
  scanned: 'Scanned',
  stale: 'Stale',
  partial: 'In part',
  'not-assessed': 'Not assessed',
  unsupported: 'Unsupported',
  excluded: 'Excluded',
  denied: 'Denied',
  off: 'Off',
};

const TONES: Readonly<Record<LedgerState, string>> = {
  scanned: 'text-ok',
  stale: 'text-warn',
  partial: 'text-warn',
  'not-assessed': 'text-warn',
  unsupported: 'text-fg-3',
  excluded: 'text-fg-3',
  denied: 'text-danger',
  off: 'text-fg-3',
};

/** How a resource stands in the ledger, in shape and word. */
export function LedgerMark({ state }: { readonly state: LedgerState }) {
  const Icon = ICONS[state];
  return (
    <span className="flex items-center gap-1.5">
      <Icon size={14} strokeWidth={1.6} className={`flex-none ${TONES[state]}`} aria-hidden="true" />
      {LEDGER_WORDS[state]}
    </span>
  );
}
