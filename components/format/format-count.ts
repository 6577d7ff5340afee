const grouped = new Intl.NumberFormat('en-US');
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });
const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

/** `48,316`. */
export function formatCount(count: number): string {
  return grouped.format(count);
}

/** `3,871`, or `about 4.9M` where the number is an estimate. */
export function formatMatching(matching: { readonly count: number; readonly exact: boolean }): string {
  return matching.exact ? formatCount(matching.count) : `about ${compact.format(matching.count)}`;
}

/** `1 finding`, `48,316 findings`. */
export function formatCounted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** A signed change with a true minus, `−21`, `+312`, `0`. */
export function formatChange(change: number): string {
  if (change === 0) return '0';
  return change > 0 ? `+${formatCount(change)}` : `−${formatCount(-change)}`;
}

/** A share of 0 to 1 as `96.7%`. It never rounds up to 100.0% nor down to 0.0%. */
export function formatShare(share: number): string {
  const rounded = Math.round(share * 1000) / 10;
  if (share < 1 && rounded >= 100) return '99.9%';
  if (share > 0 && rounded <= 0) return '0.1%';
  return `${rounded.toFixed(1)}%`;
}

/** `$3,982.68`. */
export function formatUsd(amount: number): string {
  return dollars.format(amount);
}
