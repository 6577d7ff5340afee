/**
 * Every constant of rating and scoring, in one dated place. A change of any number is a new version, so that a stored
 * score can be told from one made by other numbers.
 */
export const RISK_POLICY = {
  version: 'v1',
  /** The day on which these numbers were set. */
  date: '2026-08-22',

  /** Words that publishers use for severity, with the band each stands for. */
  words: {
    none: 'INFORMATIONAL',
    negligible: 'INFORMATIONAL',
    unimportant: 'INFORMATIONAL',
    informational: 'INFORMATIONAL',
    low: 'LOW',
    medium: 'MEDIUM',
    moderate: 'MEDIUM',
    high: 'HIGH',
    important: 'HIGH',
    critical: 'CRITICAL',
  },

  /** Base score that a band stands for where nobody published a vector. */
  derivedBase: { CRITICAL: 9.3, HIGH: 7.5, MEDIUM: 5.5, LOW: 3.0, INFORMATIONAL: 1.0 },

  /** CVSS version that counts where several are published, best first: 3.1 is what distributions and NVD agree on. */
  versionOrder: ['3.1', '3.0', '4.0', '2.0'],

  /** Step of an EPSS probability up to and including `upTo`. */
  epssFloor: { upTo: 0.001, value: -1.0 },
  /** Steps above the floor, lowest first: the last one whose `from` is not above the probability counts. */
  epssSteps: [
    { from: 0.001, value: -0.7 },
    { from: 0.005, value: -0.5 },
    { from: 0.01, value: -0.3 },
    { from: 0.05, value: -0.1 },
    { from: 0.1, value: 0.0 },
    { from: 0.3, value: 0.2 },
    { from: 0.6, value: 0.4 },
    { from: 0.9, value: 0.5 },
  ],
  /** Probability taken for a CVE that EPSS has not scored yet: unknown is not zero. */
  epssPrior: 0.012,
  knownExploited: 0.6,
  knownRansomware: 0.8,

  /** Step by the value of the environment tag, lower case. Any other value counts 0. */
  environments: {
    prod: 0.3,
    production: 0.3,
    live: 0.3,
    staging: 0,
    stage: 0,
    dev: -0.3,
    development: -0.3,
    test: -0.3,
    testing: -0.3,
    sandbox: -0.3,
  },

  /** Advisories count as fresh when their last sync is not older than this. */
  syncHoursMax: 48,
  /** … and when the newest record of the ecosystem is not older than this. */
  newestRecordDaysMax: 30,
} as const;
