import { CirclePause, Clock, type LucideIcon, OctagonX } from 'lucide-react';
import type { CellWord } from '../grid-rows.ts';

interface Look {
  readonly label: string;
  readonly tone: 'danger' | 'warn' | 'off';
  /** Null where a dashed edge is the shape. */
  readonly icon: LucideIcon | null;
}

export const CELL_LOOKS: Readonly<Record<CellWord, Look>> = {
  denied: { label: 'Denied', tone: 'danger', icon: OctagonX },
  late: { label: 'Late', tone: 'warn', icon: Clock },
  suspended: { label: 'Suspended', tone: 'off', icon: CirclePause },
  off: { label: 'Off', tone: 'off', icon: null },
};

/** Below this a figure is marked. */
export const SHARE_LOW = 0.85;
