import type { EpssScore } from '../../core/model/advisory.ts';
import { createPackWriter, openPack } from './pack-file.ts';

export interface EpssPackFacts {
  readonly kind: 'epss';
  /** Date of the scores, `YYYY-MM-DD`. */
  readonly date: string;
  /** Scores of CVEs whose number has too many digits for a packed one. */
  readonly others: Readonly<Record<string, readonly [probability: number, percentile: number]>>;
}

export interface EpssPackWriter {
  add(cve: string, probability: number, percentile: number): void;
  /** Returns how many CVEs have a score. */
  finish(date: string): number;
  abandon(): void;
}

/** Scores have at most nine decimals, so billionths hold them exactly. */
const BILLION = 1_000_000_000;
const FIRST_YEAR = 1980;
const NUMBER_BITS = 25;

/** Packs a CVE into 32 bits: seven for the year from 1980 on, 25 for the number; null where it does not fit. */
function pack(cve: string): number | null {
  const [, year, number] = /^CVE-([0-9]{4})-([0-9]{4,8})$/.exec(cve) ?? [];
  const years = Number(year) - FIRST_YEAR;
  const fits = years >= 0 && years < 128 && Number(number) < 2 ** NUMBER_BITS;
  return fits ? years * 2 ** NUMBER_BITS + Number(number) : null;
}

export function createEpssPackWriter(path: string): EpssPackWriter {
  const file = createPackWriter(path);
  const scores = new Map<number, readonly [number, number]>();
  const others: Record<string, readonly [number, number]> = {};
  return {
    add(cve, probability, percentile) {
      const packed = pack(cve);
      if (packed === null) {
        others[cve] = [probability, percentile];
      } else {
        scores.set(packed, [probability, percentile]);
      }
    },
    finish(date) {
      const cves = Uint32Array.from(scores.keys()).sort();
      const probabilities = cves.map((cve) => Math.round((scores.get(cve)?.[0] ?? 0) * BILLION));
      const percentiles = cves.map((cve) => Math.round((scores.get(cve)?.[1] ?? 0) * BILLION));
      const facts: EpssPackFacts = { kind: 'epss', date, others };
      file.finish(facts, { cves, probabilities, percentiles });
      return cves.length + Object.keys(others).length;
    },
    abandon: file.abandon,
  };
}

export interface EpssPack {
  load(): void;
  scoreOf(cve: string): EpssScore | null;
  close(): void;
}

export function openEpssPack(path: string): EpssPack {
  const file = openPack<EpssPackFacts>(path);
  const { date, others } = file.facts;
  return {
    load: file.load,
    scoreOf(cve) {
      const packed = pack(cve);
      if (packed === null) {
        const [probability, percentile] = (Object.hasOwn(others, cve) ? others[cve] : undefined) ?? [];
        return probability === undefined || percentile === undefined ? null : { probability, percentile, date };
      }
      const at = placeOf(file.numbers('cves'), packed);
      return at === -1
        ? null
        : {
            probability: (file.numbers('probabilities')[at] ?? 0) / BILLION,
            percentile: (file.numbers('percentiles')[at] ?? 0) / BILLION,
            date,
          };
    },
    close: file.close,
  };
}

/** Binary search; -1 when the number is not in the sorted list. */
function placeOf(sorted: Uint32Array, wanted: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const value = sorted[middle] ?? 0;
    if (value === wanted) {
      return middle;
    }
    if (value < wanted) {
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  return -1;
}
