/** What a target may ask of a resource. Globs have `*` for any text and match without regard to case. */
export const TARGET_KEYS = ['kind', 'account', 'ou', 'region', 'env', 'tag', 'name', 'repo', 'function'] as const;
export type TargetKey = (typeof TARGET_KEYS)[number];

/** A rule of a target as a tree. */
export type TargetRule =
  | { readonly is: 'all' | 'any'; readonly of: readonly TargetRule[] }
  | { readonly is: 'not'; readonly of: TargetRule }
  /** `value` null asks for a tag with any value. */
  | { readonly is: 'term'; readonly key: TargetKey; readonly name: string; readonly value: string | null };

/** Resources by what they are, for scans on demand and on schedule. */
export interface ScanTarget {
  /** A UUID. */
  readonly id: string;
  readonly name: string;
  /** As somebody wrote it. */
  readonly rule: string;
  /** When no scan of it starts by itself; null for never. */
  readonly quiet: QuietTime | null;
  readonly updatedBy: string;
  readonly updatedAt: Date;
}

/** A part of each week, from one time to another. */
export interface QuietTime {
  /** Minutes since Monday 00:00 in the time zone, 0 to 10,079; of `to` the first that is no longer in it. */
  readonly from: number;
  readonly to: number;
  /** IANA name. */
  readonly timeZone: string;
}

/** When a target is scanned by itself. */
export interface ScanSchedule {
  readonly id: string;
  readonly targetId: string;
  /** Five fields of cron. */
  readonly cron: string;
  /** IANA name, `Europe/Berlin`. */
  readonly timeZone: string;
  readonly isOn: boolean;
  readonly lastAt: Date | null;
  readonly nextAt: Date | null;
}

/** What a rule names now. */
export interface TargetPreview {
  readonly resources: number;
  /** Of them, what would be read now. */
  readonly eligible: number;
  readonly byKind: readonly { readonly kind: string; readonly resources: number }[];
}
