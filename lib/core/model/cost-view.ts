import type { CostKind, Meter, Month, PriceMark } from './cost.ts';
import type { Day } from './history.ts';

/** `count × hours × price` of a meter, under the figure that it makes. */
export interface CostTerm {
  readonly meter: Meter;
  readonly label: string;
  readonly unit: string;
  readonly count: number;
  readonly units: number;
  readonly freeUnits: number;
  /** Null where the book has no price for it. */
  readonly price: {
    readonly usd: string;
    readonly per: number;
    readonly region: string;
    readonly mark: PriceMark;
  } | null;
  readonly cents: number;
}

export interface CostOfKind {
  readonly kind: CostKind;
  readonly cents: number;
  /** Of the whole, 0 to 1. */
  readonly share: number;
  readonly terms: readonly CostTerm[];
}

/** Cents of each resource type, and of all; rounded each by itself. */
export interface CostSplit {
  readonly kinds: Readonly<Record<CostKind, number>>;
  readonly cents: number;
}

export interface CostOfEnvironment extends CostSplit {
  /** Null: the resources have no such tag, so that their cost cannot be attributed. */
  readonly environment: string | null;
}

export interface CostOfAccount extends CostSplit {
  readonly accountId: string;
  readonly accountName: string;
  readonly instances: number;
  readonly imageScans: number;
  readonly functions: number;
}

/** What a price book says of itself. */
export interface BookFacts {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly readOn: Day;
  readonly region: string;
  readonly trialDays: number;
  /** Null while the prices are fresh. */
  readonly staleDays: number | null;
}

/** One line of the file: a meter in a place. */
export interface CostLine {
  readonly accountId: string;
  readonly accountName: string;
  readonly region: string;
  readonly environment: string | null;
  readonly term: CostTerm;
}

/** What the managed service would charge for a part of the estate in a month of UTC. */
export interface CostView {
  readonly month: Month;
  /** What is counted ends here: with the month, or with the present hour. */
  readonly until: Date;
  readonly isOver: boolean;
  readonly hoursOfMonth: number;
  /** Those of them that have passed. */
  readonly hoursCounted: number;
  readonly book: BookFacts;
  readonly books: readonly BookFacts[];
  readonly withTrial: boolean;
  readonly cents: number;
  /** What the month comes to if instances and functions stay as they are; null where it is over, or trials are counted. */
  readonly forecastCents: number | null;
  readonly kinds: readonly CostOfKind[];
  readonly environments: readonly CostOfEnvironment[];
  /** Dearest first. */
  readonly accounts: readonly CostOfAccount[];
  /** What the figures leave out or take for granted, one sentence each. */
  readonly doubts: readonly string[];
}
