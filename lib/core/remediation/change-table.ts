import { AppError } from '../model/app-error.ts';

/** What somebody does to end findings. */
export const CHANGE_KINDS = ['package', 'base-image', 'ami', 'rule', 'configuration', 'code'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** One change that somebody could make. */
export interface Change {
  readonly id: string;
  readonly kind: ChangeKind;
  /** Effort in units of the caller; 1 for an upgrade without more to it, Infinity where nothing compatible is published. */
  readonly cost: number;
  /** Changes with the same word exclude each other, as two versions of one component do; null for none. */
  readonly exclusive: string | null;
  /** How many findings that are known to be exploited it closes; among equals more come first. */
  readonly knownExploited: number;
  /** Indexes of the findings that it closes, each once. */
  readonly closes: ArrayLike<number>;
}

/** Changes in flat arrays: those of the tenth close `findings[starts[10]]` up to, not including, `findings[starts[11]]`. */
export interface ChangeTable {
  readonly ids: readonly string[];
  readonly kinds: readonly ChangeKind[];
  readonly costs: Float64Array;
  /** Number of the group whose changes exclude each other, -1 for none. */
  readonly groups: Int32Array;
  readonly knownExploited: Uint32Array;
  readonly starts: Uint32Array;
  readonly findings: Uint32Array;
}

const INDEX_MAX = 2 ** 32 - 1;

/** Lays changes out flat. Numbers that a flat array would silently bend are refused here. */
export function toChangeTable(changes: readonly Change[]): ChangeTable {
  const starts = new Uint32Array(changes.length + 1);
  changes.forEach(({ closes }, at) => {
    starts[at + 1] = (starts[at] ?? 0) + closes.length;
  });
  const findings = new Uint32Array(starts[changes.length] ?? 0);
  const groupOf = new Map<string, number>();
  const groups = new Int32Array(changes.length).fill(-1);
  changes.forEach((change, at) => {
    if (!isIndex(change.knownExploited)) {
      throw new AppError(
        'invalid-input',
        `${change.id} has no whole number of findings that are known to be exploited.`,
      );
    }
    const start = starts[at] ?? 0;
    for (let place = 0; place < change.closes.length; place += 1) {
      const finding = change.closes[place];
      if (finding === undefined || !isIndex(finding)) {
        throw new AppError('invalid-input', `${change.id} names ${finding} as a finding that it closes.`);
      }
      findings[start + place] = finding;
    }
    if (change.exclusive !== null) {
      const group = groupOf.get(change.exclusive) ?? groupOf.size;
      groupOf.set(change.exclusive, group);
      groups[at] = group;
    }
  });
  return {
    ids: changes.map(({ id }) => id),
    kinds: changes.map(({ kind }) => kind),
    costs: Float64Array.from(changes, ({ cost }) => cost),
    groups,
    knownExploited: Uint32Array.from(changes, ({ knownExploited }) => knownExploited),
    starts,
    findings,
  };
}

function isIndex(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < INDEX_MAX;
}
