/** Fields whose values are words of a closed list. */
export type WordField = 'is' | 'status' | 'severity' | 'type' | 'fix' | 'exploit' | 'reach' | 'kind' | 'sla' | 'source';

/** Fields whose values are free text; some know a few words besides, such as `owner:me`. */
export type TextField =
  | 'cve'
  | 'cwe'
  | 'version'
  | 'title'
  | 'finding'
  | 'related'
  | 'vuln-source'
  | 'vendor-severity'
  | 'resource'
  | 'image'
  | 'account'
  | 'ou'
  | 'region'
  | 'env'
  | 'owner'
  | 'team'
  | 'control'
  | 'ami'
  | 'vpc'
  | 'subnet'
  | 'arch'
  | 'registry'
  | 'repo'
  | 'image-tag'
  | 'digest'
  | 'protocol'
  | 'component'
  | 'component-type'
  | 'function'
  | 'layer'
  | 'runtime'
  | 'role'
  | 'detector'
  | 'detector-tag'
  | 'file'
  | 'project'
  | 'provider';

export type NumberField = 'score' | 'inspector-score' | 'epss' | 'in-use-count' | 'port';
export type DateField = 'first' | 'last' | 'updated' | 'due' | 'pushed' | 'in-use' | 'modified';

/** Everything that a query can ask about; `words` are the bare words. */
export type QueryField = WordField | TextField | NumberField | DateField | 'package' | 'tag' | 'words';

/**
 * A query of findings as data: plain JSON, so that a rule or a saved view can keep it. A finding matches when it matches
 * every term; no terms match everything.
 */
export interface FindingQuery {
  readonly terms: readonly QueryTerm[];
}

/** One chip of the filter bar. It has at least one value and holds when any of them does; a negated one when none does. */
export type QueryTerm = WordTerm | TextTerm | NumberTerm | DateTerm | PackageTerm | TagTerm | WordsTerm;

export interface WordTerm {
  readonly kind: 'word';
  readonly field: WordField;
  readonly negated: boolean;
  readonly values: readonly string[];
}

export interface TextTerm {
  readonly kind: 'text';
  readonly field: TextField;
  readonly negated: boolean;
  readonly values: readonly TextValue[];
}

export interface NumberTerm {
  readonly kind: 'number';
  readonly field: NumberField;
  readonly negated: boolean;
  readonly values: readonly NumberRange[];
}

export interface DateTerm {
  readonly kind: 'date';
  readonly field: DateField;
  readonly negated: boolean;
  readonly values: readonly DateRange[];
}

export interface PackageTerm {
  readonly kind: 'package';
  readonly field: 'package';
  readonly negated: boolean;
  readonly values: readonly PackageValue[];
}

export interface TagTerm {
  readonly kind: 'tag';
  readonly field: 'tag';
  readonly negated: boolean;
  readonly values: readonly TagValue[];
}

/** Text that occurs anywhere in the id or other names of the vulnerability, title, packages, or name or id of the resource. */
export interface WordsTerm {
  readonly kind: 'words';
  readonly field: 'words';
  readonly negated: boolean;
  readonly values: readonly string[];
}

/** A whole text, or with `prefix` its beginning; the empty prefix is any text at all. */
export interface TextMatch {
  readonly text: string;
  readonly prefix: boolean;
}

export type TextValue =
  | (TextMatch & { readonly kind: 'text' })
  /** A word that the field gives a meaning to: `me`, `none`. */
  | { readonly kind: 'word'; readonly word: string };

export type Comparison = '>=' | '>' | '<=' | '<';

/** Values from one end, or between two that both count. */
export type Range<Point> =
  | { readonly kind: 'compare'; readonly operator: Comparison; readonly point: Point }
  | { readonly kind: 'between'; readonly from: Point; readonly to: Point };

export type NumberRange = Range<number>;
export type DateRange = Range<DatePoint>;

export type AgeUnit = 'h' | 'd' | 'w';

/**
 * A day of UTC (the whole of it), an instant, or an age. An age stays relative, so that a saved query means the same
 * tomorrow: time that has passed since (`first:<7d`, first seen less than 7 days ago), and for due dates time that is left.
 */
export type DatePoint =
  /** `2026-11-01` */
  | { readonly kind: 'day'; readonly day: string }
  /** `2026-11-01T12:00:00.000Z` */
  | { readonly kind: 'instant'; readonly at: string }
  | { readonly kind: 'age'; readonly amount: number; readonly unit: AgeUnit };

/** Facts of a package that a query can ask of one and the same package, in the order in which they are written. */
export const PACKAGE_PARTS = ['name', 'version', 'release', 'arch', 'layer', 'lambda-layer', 'path'] as const;
export type PackagePartName = (typeof PACKAGE_PARTS)[number];

export interface PackagePart extends TextMatch {
  readonly part: PackagePartName;
  /** The package has it otherwise: `arch!=ARM64`. */
  readonly not: boolean;
}

/** All of it holds on the same package: `package:openssl;version=3.0*;epoch=0..1`. Each part at most once, in order. */
export interface PackageValue {
  readonly parts: readonly PackagePart[];
  readonly epoch: NumberRange | null;
}

/** A tag by its key, letter case as written; the empty prefix asks for the key alone. */
export interface TagValue extends TextMatch {
  readonly key: string;
}

/** A query as it can be asked of a past day. */
export interface PastQuery {
  /** What does not change in the life of a finding, or is told by the place that its resource has today. */
  readonly timeless: FindingQuery;
  /** What it was that day. */
  readonly thatDay: FindingQuery;
  /** What is known of the present alone: it restricts nothing. */
  readonly presentOnly: FindingQuery;
}
