import type { ExploitReference, KevEntry } from '../model/advisory.ts';
import type { CvssScore } from '../model/finding.ts';
import type { Criticality, Reach } from '../model/resource-facts.ts';
import { vectorAnswers } from './vector-answers.ts';

export const SSVC_DECISIONS = ['defer', 'scheduled', 'out-of-cycle', 'immediate'] as const;
export type SsvcDecision = (typeof SSVC_DECISIONS)[number];

/** The four questions of SSVC's tree for those who deploy, with their answers from the least to the most danger. */
export const SSVC_ANSWERS = {
  exploitation: ['none', 'public poc', 'active'],
  exposure: ['small', 'controlled', 'open'],
  automatable: ['no', 'yes'],
  humanImpact: ['low', 'medium', 'high', 'very high'],
} as const;

export type SsvcAnswers = { readonly [Question in keyof typeof SSVC_ANSWERS]: (typeof SSVC_ANSWERS)[Question][number] };

export interface SsvcInput {
  readonly kev: KevEntry | null;
  readonly exploit: ExploitReference | null;
  /** Of the service that has the flaw, as `componentReach` tells it. */
  readonly reach: Reach | null;
  readonly cvss: readonly Pick<CvssScore, 'version' | 'vector'>[];
  readonly criticality: Criticality | null;
}

export interface Ssvc {
  readonly decision: SsvcDecision;
  readonly answers: SsvcAnswers;
  /** Questions whose answer is not known and was taken for the usual or the worse one. */
  readonly assumed: readonly (keyof SsvcAnswers)[];
}

/**
 * Decisions by exploitation, exposure and automatable, one letter for each human impact from low to very high. CERT/CC, SSVC,
 * Deployer Patch Application Priority 1.0.0.
 */
const TABLE: Readonly<
  Record<SsvcAnswers['exploitation'], Readonly<Record<SsvcAnswers['exposure'], readonly string[]>>>
> = {
  none: { small: ['ddss', 'dsss'], controlled: ['dsss', 'ssss'], open: ['dsss', 'ssso'] },
  'public poc': { small: ['dsss', 'ssss'], controlled: ['dsss', 'ssso'], open: ['ssso', 'ssoo'] },
  active: { small: ['ssoo', 'sooo'], controlled: ['ssoo', 'oooo'], open: ['sooi', 'ooii'] },
};
const LETTERS: Readonly<Record<string, SsvcDecision>> = {
  d: 'defer',
  s: 'scheduled',
  o: 'out-of-cycle',
  i: 'immediate',
};

export function ssvcDecision({ exploitation, exposure, automatable, humanImpact }: SsvcAnswers): SsvcDecision {
  const row = TABLE[exploitation][exposure][SSVC_ANSWERS.automatable.indexOf(automatable)] ?? '';
  return LETTERS[row[SSVC_ANSWERS.humanImpact.indexOf(humanImpact)] ?? ''] ?? 'immediate';
}

const EXPOSURES: Readonly<Record<Reach, SsvcAnswers['exposure']>> = {
  internet: 'open',
  'load-balancer': 'open',
  'internet-restricted': 'controlled',
  peer: 'controlled',
  vpc: 'controlled',
  isolated: 'small',
};
const IMPACTS: Readonly<Record<Criticality, SsvcAnswers['humanImpact']>> = {
  critical: 'very high',
  high: 'high',
  normal: 'medium',
  low: 'low',
};

/** The decision for a finding. What is not known of exposure and automation is taken for the worse, as SSVC advises. */
export function ssvcOf({ kev, exploit, reach, cvss, criticality }: SsvcInput): Ssvc {
  const { automatable } = vectorAnswers(cvss);
  const answers: SsvcAnswers = {
    exploitation: exploitationOf(kev, exploit),
    exposure: reach === null ? 'open' : EXPOSURES[reach],
    automatable: automatable === false ? 'no' : 'yes',
    humanImpact: IMPACTS[criticality ?? 'normal'],
  };
  const assumed = [
    ...(reach === null ? (['exposure'] as const) : []),
    ...(automatable === null ? (['automatable'] as const) : []),
    ...(criticality === null ? (['humanImpact'] as const) : []),
  ];
  return { decision: ssvcDecision(answers), answers, assumed };
}

function exploitationOf(kev: KevEntry | null, exploit: ExploitReference | null): SsvcAnswers['exploitation'] {
  if (kev !== null) {
    return 'active';
  }
  return exploit === null ? 'none' : 'public poc';
}
