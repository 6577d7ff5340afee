import type { CvssScore } from '../model/finding.ts';

/** What a CVSS vector says to two of the questions; null where it does not tell. */
export interface VectorAnswers {
  readonly automatable: boolean | null;
  readonly totalImpact: boolean | null;
}

/**
 * Automatable: over the network, at low complexity, without rights and without a user. Total: confidentiality, integrity
 * and availability are all lost.
 */
export function vectorAnswers(cvss: readonly Pick<CvssScore, 'version' | 'vector'>[]): VectorAnswers {
  const [first] = cvss;
  if (first === undefined) {
    return { automatable: null, totalImpact: null };
  }
  const metrics = new Set(first.vector.split('/'));
  const has = (...wanted: readonly string[]): boolean => wanted.every((metric) => metrics.has(metric));
  switch (first.version) {
    case '2.0':
      return { automatable: has('AV:N', 'AC:L', 'Au:N'), totalImpact: has('C:C', 'I:C', 'A:C') };
    case '4.0':
      return {
        automatable: has('AV:N', 'AC:L', 'AT:N', 'PR:N', 'UI:N'),
        totalImpact: has('VC:H', 'VI:H', 'VA:H'),
      };
    default:
      return { automatable: has('AV:N', 'AC:L', 'PR:N', 'UI:N'), totalImpact: has('C:H', 'I:H', 'A:H') };
  }
}
