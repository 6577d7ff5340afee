import type { VexStatus } from '@/lib/core/model/vex.ts';

export const VEX_WORDS: Readonly<Record<VexStatus, string>> = {
  not_affected: 'Not affected',
  affected: 'Affected',
  fixed: 'Fixed',
  under_investigation: 'Under investigation',
};
