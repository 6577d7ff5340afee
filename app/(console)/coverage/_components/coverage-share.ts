import { formatShare } from '@/components/format/format-count.ts';

/** `62.2%`, and `100%` only for all of them. */
export function coverageShare({ scanned, total }: { readonly scanned: number; readonly total: number }): string {
  return scanned === total ? '100%' : formatShare(scanned / total);
}
