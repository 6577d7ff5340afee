import type { PackagePartName, QueryField } from '../../model/finding-query.ts';
import { QUERY_FIELDS, QUERY_KEYS } from './query-fields.ts';

/** As Amazon Inspector bounds them. */
export const FILTERS_MAX = 10;
export const FILTER_TEXT_MAX = 1024;

export interface StringFilter {
  readonly comparison: 'EQUALS' | 'PREFIX' | 'NOT_EQUALS';
  readonly value: string;
}

/** Seconds since 1970, as the wire has them. */
export interface DateFilter {
  readonly startInclusive?: number;
  readonly endInclusive?: number;
}

export interface NumberFilter {
  readonly lowerInclusive?: number;
  readonly upperInclusive?: number;
}

export interface PortRangeFilter {
  readonly beginInclusive?: number;
  readonly endInclusive?: number;
}

/** Without a value it asks for the key alone. */
export interface MapFilter {
  readonly comparison: 'EQUALS';
  readonly key: string;
  readonly value?: string;
}

/** All of it holds on the same package. */
export type PackageFilter = Readonly<Partial<Record<PackageFact, StringFilter>>> & { readonly epoch?: NumberFilter };

export type FilterEntry = StringFilter | DateFilter | NumberFilter | PortRangeFilter | MapFilter | PackageFilter;

/**
 * FilterCriteria of Amazon Inspector. Inside a field EQUALS and PREFIX are alternatives and each NOT_EQUALS must hold;
 * the fields must all hold.
 */
export type FilterCriteria = Readonly<Record<string, readonly FilterEntry[]>>;

/** What could not be said on the other side, by the name that the field has where it was. */
export interface ConversionProblem {
  readonly field: string;
  readonly message: string;
}

export const PACKAGE_FACTS = {
  name: 'name',
  version: 'version',
  release: 'release',
  arch: 'architecture',
  layer: 'sourceLayerHash',
  'lambda-layer': 'sourceLambdaLayerArn',
  path: 'filePath',
} as const satisfies Record<PackagePartName, string>;

export type PackageFact = (typeof PACKAGE_FACTS)[PackagePartName];

/** The names of the two ends in Amazon Inspector's filters of each kind. */
export const END_NAMES = {
  number: ['lowerInclusive', 'upperInclusive'],
  date: ['startInclusive', 'endInclusive'],
  port: ['beginInclusive', 'endInclusive'],
} as const;

/** Our field for each field of Amazon Inspector. */
export const FIELD_OF_FILTER: ReadonlyMap<string, QueryField> = new Map(
  QUERY_KEYS.flatMap((field) => {
    const { inspector } = QUERY_FIELDS[field];
    return inspector === null ? [] : [[inspector, field] as const];
  }),
);
