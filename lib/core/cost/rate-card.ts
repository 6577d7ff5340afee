/** Prices of the managed service as data with a date. Amounts are whole ten-thousandths of a US dollar. */
export interface RateCard {
  readonly name: string;
  /** Day from which the prices hold, `YYYY-MM-DD`. */
  readonly from: string;
  readonly source: string;
  readonly region: string;
  /** One EC2 instance for one hour. */
  readonly instanceHour: number;
  /** One container image, scanned first. */
  readonly image: number;
  /** One Lambda function for one hour. */
  readonly functionHour: number;
}

/** The built-in book, as design section 6.10 states it. */
export const BUILT_IN_RATE_CARD: RateCard = {
  name: 'built-in v1',
  from: '2026-08-22',
  source: 'list price of Amazon Inspector, US East (N. Virginia)',
  region: 'us-east-1',
  instanceHour: 12,
  image: 900,
  functionHour: 6,
};
