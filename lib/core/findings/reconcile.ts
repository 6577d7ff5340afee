import type { FindingChange, ScoredObservation, ScoredReport, StoredFinding } from '../model/finding.ts';
import type { FindingKey } from '../model/ids.ts';
import { contentHash } from './content-hash.ts';

/**
 * What one report changes in the stored findings of its resource. Pure, idempotent, and the same for any order of
 * observations:
 *
 * - an observation without a finding opens one; a closed finding that is seen again reopens under its old key. (Amazon
 *   Inspector does so within seven days and draws a new ARN later; keys that are derived cannot be drawn anew, so here
 *   the history of a flaw on a resource is always one finding.)
 * - only a `complete` report ends what it no longer sees, and only for its own origin: a finding closes with the last
 *   origin that reports it. What the report could not decide stays as it is. What nothing can prove any more (its
 *   advisory was withdrawn) ends after a partial report too.
 * - a `failed` report changes nothing.
 */
export function reconcile(current: readonly StoredFinding[], report: ScoredReport): readonly FindingChange[] {
  if (report.outcome === 'failed') {
    return [];
  }
  const stored = new Map(current.map((finding) => [finding.key, finding]));
  const observed = distinct(report.observations);
  const changes: FindingChange[] = [];
  for (const observation of observed.values()) {
    changes.push(changeOf(stored.get(observation.key), observation, report));
  }
  const undecided = new Set(report.undecidedKeys ?? []);
  const ended = new Set(report.endedKeys ?? []);
  for (const finding of stored.values()) {
    const isGone = report.outcome === 'complete' || ended.has(finding.key);
    if (isGone && !observed.has(finding.key) && !undecided.has(finding.key)) {
      changes.push(...endOf(finding, report));
    }
  }
  return changes.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** A key observed twice counts once; which of the two is decided by content, not by order. */
function distinct(observations: readonly ScoredObservation[]): ReadonlyMap<FindingKey, ScoredObservation> {
  const byKey = new Map<FindingKey, ScoredObservation>();
  for (const observation of observations) {
    const other = byKey.get(observation.key);
    if (other === undefined || contentHash(observation) < contentHash(other)) {
      byKey.set(observation.key, observation);
    }
  }
  return byKey;
}

function changeOf(
  finding: StoredFinding | undefined,
  observation: ScoredObservation,
  report: ScoredReport,
): FindingChange {
  const hash = contentHash(observation);
  if (finding === undefined) {
    return { kind: 'open', observation, contentHash: hash };
  }
  const { key } = finding;
  if (finding.status === 'CLOSED') {
    return { kind: 'reopen', key, observation, contentHash: hash };
  }
  // A second origin that sees the same thing has to be written down, so it is a refresh even when nothing else differs.
  const isKnown = finding.contentHash === hash && finding.origins.includes(report.origin);
  return isKnown ? { kind: 'seen', key } : { kind: 'refresh', key, observation, contentHash: hash };
}

function endOf(finding: StoredFinding, { origin, closeReason }: ScoredReport): readonly FindingChange[] {
  if (finding.status === 'CLOSED' || !finding.origins.includes(origin)) {
    return [];
  }
  const { key } = finding;
  return finding.origins.length > 1
    ? [{ kind: 'drop-origin', key, origin }]
    : [{ kind: 'close', key, reason: closeReason ?? 'remediated' }];
}

function keyOf(change: FindingChange): FindingKey {
  return change.kind === 'open' ? change.observation.key : change.key;
}
