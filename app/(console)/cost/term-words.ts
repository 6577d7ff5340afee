import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { METER_FACTS } from '@/lib/core/model/cost.ts';
import type { CostTerm } from '@/lib/core/model/cost-view.ts';

/** `3,000 × 720 h × $0.0012`, or `2,084,016 h × $1.25 per 720 h` where not everything was there all the time. */
export function termWords({ meter, count, units, freeUnits, price }: CostTerm, hours: number): string {
  const { isHours } = METER_FACTS[meter];
  const paid = units - freeUnits;
  const amount = isHours ? hoursWords(count, paid, hours) : formatCount(paid);
  return `${amount} × ${price === null ? 'no price' : priceWords(price, isHours)}`;
}

/** What a figure leaves out because of the trial; empty where nothing. */
export function trialWords({ meter, freeUnits }: CostTerm): string {
  if (freeUnits === 0) return '';
  return `${METER_FACTS[meter].isHours ? `${formatCount(freeUnits)} h` : formatCounted(freeUnits, METER_FACTS[meter].unit)} in the trial`;
}

function hoursWords(count: number, paid: number, hours: number): string {
  return paid === count * hours && paid > 0
    ? `${formatCount(count)} × ${formatCount(hours)} h`
    : `${formatCount(paid)} h`;
}

function priceWords({ usd, per }: NonNullable<CostTerm['price']>, isHours: boolean): string {
  return per === 1 ? `$${usd}` : `$${usd} per ${formatCount(per)}${isHours ? ' h' : ''}`;
}
