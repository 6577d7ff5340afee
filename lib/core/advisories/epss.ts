import type { EpssScore } from '../model/advisory.ts';

export interface EpssHeader {
  readonly modelVersion: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
}

/** Reads the first line of the daily file, `#model_version:v2026.06.15,score_date:2026-08-15T12:02:44Z`. */
export function parseEpssHeader(line: string): EpssHeader | null {
  const match = /^#\s*model_version:([\w.-]{1,40}),score_date:([0-9]{4}-[0-9]{2}-[0-9]{2})/.exec(line);
  return match === null ? null : { modelVersion: match[1] ?? '', date: match[2] ?? '' };
}

/** Reads one line `CVE-…,probability,percentile`; null for any other line, the column names included. */
export function parseEpssLine(line: string, date: string): { readonly id: string; readonly score: EpssScore } | null {
  const match = /^(CVE-[0-9]{4}-[0-9]{4,19}),([0-9.eE+-]{1,24}),([0-9.eE+-]{1,24})\s*$/.exec(line);
  const probability = Number(match?.[2]);
  const percentile = Number(match?.[3]);
  if (match === null || !isShare(probability) || !isShare(percentile)) {
    return null;
  }
  return { id: match[1] ?? '', score: { probability, percentile, date } };
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}
