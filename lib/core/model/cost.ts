import type { Day } from './history.ts';

/** What the managed services count and charge for. */
export const METERS = [
  'ec2-agent',
  'ec2-agentless',
  'ecr-first',
  'ecr-again',
  'ci-image',
  'lambda',
  'lambda-code',
  'cis',
  'guardduty-events',
  'macie-gigabytes',
] as const;
export type Meter = (typeof METERS)[number];

export const COST_SERVICES = ['Amazon Inspector', 'Amazon GuardDuty', 'Amazon Macie'] as const;
export type CostService = (typeof COST_SERVICES)[number];

export const COST_KINDS = ['ec2', 'ecr', 'lambda'] as const;
/** Resource types of Amazon Inspector that are charged apart, each with a trial of its own. */
export type CostKind = (typeof COST_KINDS)[number];

export interface MeterFacts {
  readonly label: string;
  readonly service: CostService;
  /** Null outside Amazon Inspector. */
  readonly kind: CostKind | null;
  /** One of what is counted; `hour` stands for one thing for one hour. */
  readonly unit: string;
  readonly isHours: boolean;
}

const INSPECTOR = 'Amazon Inspector';

export const METER_FACTS: Readonly<Record<Meter, MeterFacts>> = {
  'ec2-agent': { label: 'EC2 instances', service: INSPECTOR, kind: 'ec2', unit: 'instance-hour', isHours: true },
  'ec2-agentless': {
    label: 'EC2 instances, agentless',
    service: INSPECTOR,
    kind: 'ec2',
    unit: 'instance-hour',
    isHours: true,
  },
  'ecr-first': { label: 'ECR images', service: INSPECTOR, kind: 'ecr', unit: 'image', isHours: false },
  'ecr-again': { label: 'ECR images, again', service: INSPECTOR, kind: 'ecr', unit: 'rescan', isHours: false },
  'ci-image': { label: 'Images of pipelines', service: INSPECTOR, kind: null, unit: 'image', isHours: false },
  lambda: { label: 'Lambda functions', service: INSPECTOR, kind: 'lambda', unit: 'function-hour', isHours: true },
  'lambda-code': { label: 'Lambda code', service: INSPECTOR, kind: 'lambda', unit: 'function-hour', isHours: true },
  cis: { label: 'CIS assessments', service: INSPECTOR, kind: null, unit: 'assessment', isHours: false },
  'guardduty-events': {
    label: 'GuardDuty events',
    service: 'Amazon GuardDuty',
    kind: null,
    unit: 'event',
    isHours: false,
  },
  'macie-gigabytes': { label: 'Macie data', service: 'Amazon Macie', kind: null, unit: 'GB', isHours: false },
};

/** Where a price comes from: the product's own default, the vendor's documents, other publications, or inference. */
export const PRICE_MARKS = ['default', 'vendor', 'public', 'inferred'] as const;
export type PriceMark = (typeof PRICE_MARKS)[number];

/** What `per` units of a meter cost in a region, from a day on. */
export interface Price {
  readonly service: CostService;
  readonly meter: Meter;
  /** As `METER_FACTS` names it. */
  readonly unit: string;
  /** US dollars as a decimal, never a float: `0.0012`. */
  readonly usd: string;
  readonly per: number;
  readonly region: string;
  readonly from: Day;
  readonly mark: PriceMark;
}

/** Prices with a date and a source. */
export interface PriceBook {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  /** The day on which the prices were read from the source. */
  readonly readOn: Day;
  /** First and last day for which the book speaks; no last day while it holds. */
  readonly from: Day;
  readonly to: Day | null;
  /** Whose prices stand in for regions that have none. */
  readonly region: string;
  /** Length of the free trial of each resource type. */
  readonly trialDays: number;
  readonly prices: readonly Price[];
}

/** `2026-11`: a month in UTC. */
export type Month = `${number}-${number}`;
