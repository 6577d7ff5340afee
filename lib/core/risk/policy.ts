/**
 * Every constant of rating and scoring, in one dated place. A change of any number is a new version, so that a stored
 * score can be told from one made by other numbers.
 */
export const RISK_POLICY = {
  version: 'v2',
  /** The day on which these numbers were set. */
  date: '2026-11-25',

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

  /** Step of an EPSS probability up to and including `upTo`: 0.15 points for each doubling, 0 at one in ten (v1). */
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
  /**
   * Probability taken for a CVE that EPSS has not scored yet, since unknown is not zero: the median of its band, over
   * 25,000 CVEs with a CVSS 3 vector in OSV records. EPSS model v2026.06.15, scores of 2026-08-15.
   */
  epssPrior: { CRITICAL: 0.03, HIGH: 0.018, MEDIUM: 0.011, LOW: 0.0067, INFORMATIONAL: 0.0067 },
  /** … and never less than this for what can be attacked over a network. */
  epssPriorOfNetwork: 0.01,
  /** Evidence, weakest first. The greatest of evidence and prediction counts. */
  publicExploit: 0.1,
  weaponisedExploit: 0.4,
  knownExploited: 0.6,
  knownRansomware: 0.8,

  /**
   * Step by the widest way to the resource. Likelihoods of 1.0, 0.9, 0.7, 0.5, 0.3 and 0.15 against 0.6 for what nobody
   * knows: a point for each halving below that, half a point for each doubling above, where the scale soon ends.
   */
  reach: {
    internet: 0.4,
    'load-balancer': 0.3,
    'internet-restricted': 0.1,
    peer: -0.3,
    vpc: -1.0,
    isolated: -2.0,
  },

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
  /** Step by how much the asset matters, a point for each doubling of 1.0, 0.85, 0.7 and 0.5; in place of the environment. */
  criticality: { critical: 0.5, high: 0.3, normal: 0, low: -0.5 },

  /** What a take-over brings besides the resource: factors 1.3, 1.15 and 1.1, a point for each doubling. */
  administrator: 0.4,
  readsData: 0.2,
  /** Only for weaknesses that let a stranger send requests or run code from the resource. */
  openMetadata: 0.1,
  openMetadataCwes: ['CWE-74', 'CWE-77', 'CWE-78', 'CWE-94', 'CWE-95', 'CWE-502', 'CWE-611', 'CWE-918'],

  /** Recorded controls. They add up, to no more than `controlsMax`: a control is no fix. */
  controls: { 'virtual-patch': -0.5, 'runtime-protection': -0.3, 'least-privilege': -0.3 },
  controlsMax: -0.8,

  /** Risks of many findings add up as likelihoods: a score of 10 is 0.9, and two points less are a tenth of it. */
  combined: { top: 0.9, pointsForTenfold: 2 },

  /** Advisories count as fresh when their last sync is not older than this. */
  syncHoursMax: 48,
  /** … and when the newest record of the ecosystem is not older than this. */
  newestRecordDaysMax: 30,
} as const;
