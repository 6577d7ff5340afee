import { formatCount } from '@/components/format/format-count.ts';
import type { Price } from '@/lib/core/model/cost.ts';

/** `$0.0012 per instance-hour`, `$0.25 per 500,000 events`. */
export function priceWords({ usd, per, unit }: Pick<Price, 'usd' | 'per' | 'unit'>): string {
  return `$${usd} per ${per === 1 ? unit : `${formatCount(per)} ${unit}s`}`;
}
