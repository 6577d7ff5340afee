import type { Meter } from './cost.ts';

/** What a meter counted in one place in a month, as far as the ledger knows. Hours are whole hours of UTC. */
export interface UsageRow {
  readonly accountId: string;
  readonly accountName: string;
  /** When the account was first seen: of what was there before, nothing is known. */
  readonly accountSince: Date;
  readonly region: string;
  /** Null where the resources have no such tag. */
  readonly environment: string | null;
  readonly meter: Meter;
  /** Things with at least one unit. */
  readonly resources: number;
  readonly units: number;
  /** Those that still add an hour with each that passes; none for meters that count no hours. */
  readonly presentResources: number;
  /** Those of the units that lie in the trial. */
  readonly freeUnits: number;
  /** Those of the units that are counted from discovery until a stop, though what lay between is not recorded. */
  readonly assumedUnits: number;
  /** Those of the units of which nobody knows whether an agent told of them; they stand under the meter with one. */
  readonly wayUnknownUnits: number;
  /** Hours that are not in the units: before the present state, which is all that the ledger keeps. */
  readonly unknownUnits: number;
  readonly unknownResources: number;
  /** Hours that are not in the units: nobody has been able to look since. */
  readonly unseenUnits: number;
  readonly unseenResources: number;
}

/** Usage of a part of the estate in a month. */
export interface Usage {
  readonly rows: readonly UsageRow[];
  /** Resources outside AWS, which no meter counts. */
  readonly outside: number;
}

/** What is asked of usage: hours by number, as `hourOf` counts them. */
export interface UsageAsk {
  readonly from: number;
  /** Not included; no later than the present hour. */
  readonly to: number;
  /** Length of the trial of each resource type in each account; null where none is counted. */
  readonly trialDays: number | null;
}
