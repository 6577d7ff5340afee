/** How far a version is from the one before; `revision` is a newer build of the same release by a distribution. */
export type VersionJump = 'revision' | 'patch' | 'minor' | 'major';

/** One way to take a step: where or when it is the way, what is changed in a file, and the line for the shell. */
export interface GuidanceWay {
  readonly label: string | null;
  readonly edit: { readonly file: string; readonly text: string } | null;
  readonly command: string | null;
}

/** One thing to do. Without ways it is done by hand, as its detail says. */
export interface GuidanceStep {
  readonly text: string;
  readonly detail: string | null;
  readonly jump: VersionJump | null;
  readonly ways: readonly GuidanceWay[];
}

/** What ends a finding, in order; and what helps against what nothing ends yet. */
export interface Guidance {
  readonly steps: readonly GuidanceStep[];
  /** What keeps the old version running after the steps; null where nothing does. */
  readonly restart: { readonly kind: 'reboot' | 'programs'; readonly text: string } | null;
  readonly notes: readonly string[];
  /** Names of packages without a fixed version, each once. */
  readonly unfixed: readonly string[];
  readonly workarounds: readonly string[];
  /** Where to read more, what tells of the change first. */
  readonly references: readonly string[];
}

/** What ends open findings of a package on a resource; null for those that nothing ends yet. */
export interface OpenFix {
  readonly purl: string;
  readonly fixedVersion: string | null;
  readonly findings: number;
}
