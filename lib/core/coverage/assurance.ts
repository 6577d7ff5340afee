import type { AdvisoryState } from '../model/scan-result.ts';
import { SCAN_WINDOW_HOURS } from './window.ts';

/** What a store can count about the last package scans of a scope. */
export interface AssuranceFacts {
  readonly resources: number;
  readonly neverScanned: number;
  /** Last scan partial or failed. */
  readonly incomplete: number;
  /** Last complete scan older than the window. */
  readonly olderThanWindow: number;
  /** Packages whose version or name could not be decided. */
  readonly undecidable: number;
  /** The advisories behind the last scans, one entry for each ecosystem, judged at `now`. */
  readonly advisoryStates: readonly (Pick<AdvisoryState, 'ecosystem' | 'newestRecord' | 'syncedAt' | 'state'> & {
    readonly resources: number;
  })[];
  readonly now: Date;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * What keeps "0 findings" from being proof, one sentence each, in the order a person would mend them. Empty only when
 * everything in scope was inventoried completely and lately, and matched against advisories that exist and are fresh.
 */
export function assuranceGaps(facts: AssuranceFacts): readonly string[] {
  if (facts.resources === 0) {
    return ['Nothing is known to scan here yet.'];
  }
  return [
    scanGap(facts.neverScanned, 'has never been scanned', 'have never been scanned'),
    scanGap(facts.incomplete, 'was scanned only in part, or not at all', 'were scanned only in part, or not at all'),
    scanGap(
      facts.olderThanWindow,
      `was last scanned more than ${SCAN_WINDOW_HOURS} h ago`,
      `were last scanned more than ${SCAN_WINDOW_HOURS} h ago`,
    ),
    ...facts.advisoryStates.map((state) => advisoryGap(state, facts.now)),
    facts.undecidable === 0
      ? null
      : `${counted(facts.undecidable, 'package')} could not be compared: the version or the name is not one of its kind.`,
  ].filter((gap) => gap !== null);
}

function scanGap(amount: number, one: string, many: string): string | null {
  return amount === 0 ? null : `${counted(amount, 'resource')} ${amount === 1 ? one : many}.`;
}

function advisoryGap(state: AssuranceFacts['advisoryStates'][number], now: Date): string | null {
  const { ecosystem, newestRecord, syncedAt } = state;
  const where = `on ${counted(state.resources, 'resource')}`;
  if (state.state === 'missing') {
    return `No advisories for ${ecosystem} are in the index, so its packages ${where} were not matched.`;
  }
  if (state.state === 'stale') {
    const newest = newestRecord === null ? 'has no date' : `is ${age(newestRecord, now)} old`;
    const synced = syncedAt === null ? 'never synced' : `synced ${age(syncedAt, now)} ago`;
    return `The advisories for ${ecosystem} are out of date: the newest record ${newest}, ${synced} (${where}).`;
  }
  return null;
}

function age(from: Date, now: Date): string {
  const days = Math.max(0, Math.floor((now.getTime() - from.getTime()) / DAY_MS));
  return days === 0 ? 'less than a day' : counted(days, 'day');
}

function counted(amount: number, noun: string): string {
  return `${amount.toLocaleString('en-US')} ${noun}${amount === 1 ? '' : 's'}`;
}
