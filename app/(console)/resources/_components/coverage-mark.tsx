import { CircleCheck, CircleDashed, CircleX, Clock, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { CoverageState } from '@/lib/core/model/estate.ts';

const ICONS: Readonly<Record<CoverageState, LucideIcon>> = {
  scanned: CircleCheck,
  late: Clock,
  partial: TriangleAlert,
  failed: CircleX,
  never: CircleDashed,
};

export const STATE_WORDS: Readonly<Record<CoverageState, string>> = {
  scanned: 'Scanned',
  late: 'Late',
  partial: 'In part',
  failed: 'Failed',
  never: 'Never scanned',
};

const TONES: Readonly<Record<CoverageState, string>> = {
  scanned: 'text-ok',
  late: 'text-warn',
  partial: 'text-warn',
  failed: 'text-danger',
  never: 'text-warn',
};

/** How the last scan stands, in shape and word. */
export function CoverageMark({ state }: { readonly state: CoverageState }) {
  const Icon = ICONS[state];
  return (
    <span className="flex items-center gap-1.5">
      <Icon size={14} strokeWidth={1.6} className={`flex-none ${TONES[state]}`} aria-hidden="true" />
      {STATE_WORDS[state]}
    </span>
  );
}
