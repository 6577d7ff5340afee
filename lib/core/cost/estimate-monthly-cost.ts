import { BUILT_IN_RATE_CARD, type RateCard } from './rate-card.ts';

/** Hours that the vendor bills for a month. */
export const HOURS_A_MONTH = 720;

export interface CostInput {
  readonly instances: number;
  /** Hours that instances and functions are scanned in the month. */
  readonly hours: number;
  readonly images: number;
  readonly functions: number;
}

/** One line of the estimate: `count × hours × price`. Prices and amounts in US dollars. */
export interface CostTerm {
  readonly label: string;
  readonly count: number;
  readonly hours: number | null;
  readonly priceUsd: number;
  readonly amountUsd: number;
}

export interface CostEstimate {
  readonly totalUsd: number;
  readonly terms: readonly CostTerm[];
  readonly book: string;
}

const UNITS_A_DOLLAR = 10_000;

/** What the managed service would charge for a month at list price, term by term. Adds whole units, then divides once. */
export function estimateMonthlyCost(input: CostInput, card: RateCard = BUILT_IN_RATE_CARD): CostEstimate {
  const terms = [
    { label: 'EC2 instances', count: input.instances, hours: input.hours, price: card.instanceHour },
    { label: 'ECR images', count: input.images, hours: null, price: card.image },
    { label: 'Lambda functions', count: input.functions, hours: input.hours, price: card.functionHour },
  ].map((term) => ({ ...term, units: term.count * (term.hours ?? 1) * term.price }));
  return {
    totalUsd: toUsd(terms.reduce((sum, term) => sum + term.units, 0)),
    terms: terms.map(({ label, count, hours, price, units }) => ({
      label,
      count,
      hours,
      priceUsd: price / UNITS_A_DOLLAR,
      amountUsd: toUsd(units),
    })),
    book: card.name,
  };
}

/** Dollars and whole cents. */
function toUsd(units: number): number {
  return Math.round(units / 100) / 100;
}
