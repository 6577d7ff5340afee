import { formatCount } from '@/components/format/format-count.ts';
import { addressWith } from '@/components/layout/search-params.ts';
import type { TargetPreview } from '@/lib/core/model/scan-target.ts';

/** `, of which 1,398 can be scanned`, after the number of what belongs to a target. */
export function eligibleInWords({ resources, eligible }: TargetPreview): string {
  if (resources === 0) return '';
  return eligible === resources ? ', all can be scanned' : `, of which ${formatCount(eligible)} can be scanned`;
}

/** The tab of targets, with one of them open beside the list. */
export function targetsAddress(selected: string | null = null): string {
  return addressWith('/scans', { tab: 'targets', sel: selected });
}
