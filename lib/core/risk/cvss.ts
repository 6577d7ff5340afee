import cvss from 'ae-cvss-calculator';
import { CVSS_GRAMMARS, type CvssGrammar, type CvssVersion } from './cvss-grammar.ts';

/** Scores of one vector, 0.0 to 10.0 in tenths. */
export interface CvssScores {
  readonly version: CvssVersion;
  /** From the base metrics alone. */
  readonly base: number;
  /** With the threat and environmental metrics that the vector carries; equals `base` where it has none. */
  readonly overall: number;
}

export interface RejectedVector {
  readonly rejected: string;
}

const VECTOR_LENGTH_MAX = 512;

/** Computes the scores of a CVSS vector of version 2.0, 3.0, 3.1 or 4.0. A malformed vector is rejected, never mended. */
export function scoreVector(vector: string): CvssScores | RejectedVector {
  if (vector.length > VECTOR_LENGTH_MAX) {
    return { rejected: `it is longer than ${VECTOR_LENGTH_MAX} characters` };
  }
  const version = versionOf(vector);
  if (version === null) {
    return { rejected: 'its CVSS version is not known' };
  }
  const fault = faultOf(vector, CVSS_GRAMMARS[version]);
  return fault === null ? { version, ...compute(version, vector) } : { rejected: fault };
}

function versionOf(vector: string): CvssVersion | null {
  const written = /^CVSS:([0-9.]+)\//.exec(vector)?.[1];
  if (written === undefined) {
    return vector.startsWith('CVSS') ? null : '2.0';
  }
  return written === '3.0' || written === '3.1' || written === '4.0' ? written : null;
}

/** The calculator takes unknown metrics for absent ones and scores what is left, so the vector is checked before. */
function faultOf(vector: string, grammar: CvssGrammar): string | null {
  // A map, since a plain object also answers to names such as `toString`.
  const metrics = new Map([...Object.entries(grammar.base), ...Object.entries(grammar.optional)]);
  const seen = new Set<string>();
  for (const part of vector.slice(grammar.prefix.length).split('/')) {
    const [metric = '', value = '', ...rest] = part.split(':');
    const values = metrics.get(metric);
    if (values === undefined || rest.length > 0) {
      return `"${part.slice(0, 20)}" is no metric of its version`;
    }
    if (!values.split(' ').includes(value)) {
      return `${metric} cannot be "${value.slice(0, 20)}"`;
    }
    if (seen.has(metric)) {
      return `${metric} is given twice`;
    }
    seen.add(metric);
  }
  const absent = Object.keys(grammar.base).find((metric) => !seen.has(metric));
  return absent === undefined ? null : `${absent} is missing`;
}

function compute(version: CvssVersion, vector: string): { readonly base: number; readonly overall: number } {
  switch (version) {
    case '2.0': {
      const { base, overall } = new cvss.Cvss2(vector).calculateScores();
      return { base: base ?? 0, overall };
    }
    case '3.0': {
      const { base, overall } = new cvss.Cvss3P0(vector).calculateScores();
      return { base: base ?? 0, overall };
    }
    case '3.1': {
      const { base, overall } = new cvss.Cvss3P1(vector).calculateScores();
      return { base: base ?? 0, overall };
    }
    case '4.0': {
      const { baseMetricsOnly, overall } = new cvss.Cvss4P0(vector).calculateScores();
      return { base: baseMetricsOnly ?? overall, overall };
    }
  }
}
