import type { Month } from '@/lib/core/model/cost.ts';

const words = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** `November 2026`. */
export function monthWords(month: Month): string {
  return words.format(new Date(`${month}-01T00:00:00.000Z`));
}
