import type { Observation, ScoredObservation } from '../model/finding.ts';
import { controlsFor, type ResourceFacts } from '../model/resource-facts.ts';
import { scoreOf } from './score.ts';
import type { ScoringTerms } from './scoring-terms.ts';

export interface NetworkFacts {
  readonly environment: string | null;
  readonly facts: ResourceFacts;
  readonly terms: ScoringTerms;
  readonly now: Date;
}

/** Scores what a look at the network saw. Amazon Inspector gives exposure no score, so it starts from the severity and who rated it. */
export function assessNetwork(
  observations: readonly Observation[],
  { environment, facts, terms, now }: NetworkFacts,
): readonly ScoredObservation[] {
  const { reach, path, criticality, blast, controls } = facts;
  return observations.map((observation) => {
    const { severity, severitySource, id } = observation.vulnerability;
    const word =
      severity === 'UNTRIAGED' ? null : { band: severity, word: wordOf(severity), source: severitySource ?? 'Harrier' };
    const rating = { cvss: [], word };
    const known = { environment, reach, path, criticality, blast, controls: controlsFor(controls, id, now) };
    return {
      ...observation,
      rating,
      score: scoreOf({ rating, epss: null, kev: null, isOpenPort: true, ...known }, terms),
    };
  });
}

const wordOf = (severity: string): string => severity[0] + severity.slice(1).toLowerCase();
