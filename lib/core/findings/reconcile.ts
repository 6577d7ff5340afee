import type {
  FindingChange,
  ScoredObservation,
  ScoredReport,
  Sight,
  Sights,
  StoredFinding,
  StoredFindings,
} from '../model/finding.ts';
import type { FindingKey } from '../model/ids.ts';
import type { Origin } from '../model/resource.ts';
import { contentHash } from './content-hash.ts';
import { afterMissed, afterSeen, type Look, lastSight, lifetimeOf } from './sights.ts';

/**
 * What one report changes in the stored findings of its resource. Pure, idempotent, and the same for any order of
 * observations and of reports: the state after a set of reports is the state after the same reports in the order in
 * which their origins looked.
 *
 * - An observation without a finding opens one; a closed finding that is seen again reopens under its old key. (Amazon
 *   Inspector does so within seven days and draws a new ARN later; keys that are derived cannot be drawn anew, so here
 *   the history of a flaw on a resource is always one finding.)
 * - Only a `complete` report ends what it no longer sees, and only for its own origin: a finding closes with the last
 *   origin that reports it. What the report could not decide stays as it is. What nothing can prove any more (its
 *   advisory was withdrawn) ends after a partial report too.
 * - A `failed` report changes nothing.
 * - A report that comes late opens, closes and dates what it would have at its own time; what newer ones say stands.
 */
export function reconcile(stored: StoredFindings, report: ScoredReport): readonly FindingChange[] {
  if (report.outcome === 'failed') {
    return [];
  }
  const look = lookOf(stored, report);
  const findings = new Map(stored.findings.map((finding) => [finding.key, finding]));
  const observed = distinct(report.observations);
  const changes: FindingChange[] = [];
  for (const observation of observed.values()) {
    changes.push(changeOf(stored, findings.get(observation.key), observation, report, look));
  }
  const undecided = new Set(report.undecidedKeys ?? []);
  const ended = new Set(report.endedKeys ?? []);
  for (const finding of findings.values()) {
    const isGone = report.outcome === 'complete' || ended.has(finding.key);
    if (isGone && !observed.has(finding.key) && !undecided.has(finding.key)) {
      changes.push(...endOf(finding, report, look));
    }
  }
  return changes.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** No clock is trusted to be ahead of the database's: one wrong hour would make every later report a late one. */
function lookOf({ completes, lookedAt, clock }: StoredFindings, report: ScoredReport): Look {
  const told = Math.min(report.at.getTime(), clock);
  const at = report.again ? Math.min(lookedAt ?? told, told) : told;
  return {
    at,
    since: told,
    completes: held(completes[report.origin], clock).filter((time) => time !== at),
    isPartial: report.outcome === 'partial',
  };
}

function held(completes: readonly number[] | undefined, clock: number): readonly number[] {
  return (completes ?? []).map((time) => Math.min(time, clock));
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
  stored: StoredFindings,
  finding: StoredFinding | undefined,
  observation: ScoredObservation,
  report: ScoredReport,
  look: Look,
): FindingChange {
  const hash = contentHash(observation);
  const before = finding?.sights[report.origin];
  const sight = afterSeen(before, look);
  const sights: Sights = { ...finding?.sights, [report.origin]: sight };
  if (finding === undefined) {
    return { kind: 'open', observation, contentHash: hash, sights };
  }
  const { key } = finding;
  const isEqual = hash === finding.contentHash;
  const latest = latestSight(stored, finding, report, look);
  const isTold = isEqual || isNewest(latest, finding, hash, report, look);
  if (isTold && lifetimeOf(finding.sights).closedAt !== null && lifetimeOf(sights).closedAt === null) {
    return { kind: 'reopen', key, observation, contentHash: hash, sights };
  }
  if (isTold && !isEqual) {
    return { kind: 'refresh', key, observation, contentHash: hash, sights };
  }
  // What a newer report does not change in the finding may still be news about the flaw itself.
  const news = isTold && look.at >= latest ? { vulnerability: observation.vulnerability } : {};
  if (before === undefined || isMoved(before, sight, report, look)) {
    // Told late by an origin that still sees it, this may open the finding again; what it says of it is old.
    return { kind: 'sight', key, sights, ...news };
  }
  return { kind: 'seen', key, ...news };
}

/** When any origin last saw it. */
function latestSight(
  { completes, clock }: StoredFindings,
  { sights }: StoredFinding,
  { origin }: ScoredReport,
  look: Look,
): number {
  const seen = Object.entries(sights).map(([one, sight]) =>
    lastSight(sight, one === origin ? look.completes : held(completes[one as Origin], clock)),
  );
  return Math.max(...seen);
}

/** What it says of the finding is newer than what is stored; of two reports of one moment, the content decides. */
function isNewest(latest: number, finding: StoredFinding, hash: string, report: ScoredReport, look: Look): boolean {
  return look.at > latest || (look.at === latest && (report.again === true || hash < finding.contentHash));
}

/** A complete report that saw what was seen before needs no note: that it was complete says so. */
function isMoved(before: Sight, after: Sight, { outcome }: ScoredReport, look: Look): boolean {
  const isSamePeriod = before.first === after.first && before.opened === after.opened && before.gone === after.gone;
  const isImplied = before.gone === null && (outcome === 'complete' || after.seen <= lastSight(before, look.completes));
  const isNoted = before.partial?.length === after.partial?.length && before.partial?.at(0) === after.partial?.at(0);
  return !(isSamePeriod && isNoted && (before.seen === after.seen || isImplied));
}

function endOf(finding: StoredFinding, { origin, closeReason }: ScoredReport, look: Look): readonly FindingChange[] {
  const before = finding.sights[origin];
  if (before === undefined) {
    return [];
  }
  const sight = afterMissed(before, look);
  if (sight === before) {
    return [];
  }
  const { key } = finding;
  const sights: Sights = { ...finding.sights, [origin]: sight };
  if (before.gone !== null || sight.gone === null) {
    return [{ kind: 'sight', key, sights }];
  }
  return lifetimeOf(sights).closedAt === null
    ? [{ kind: 'drop-origin', key, origin, sights }]
    : [{ kind: 'close', key, reason: closeReason ?? 'remediated', sights }];
}

function keyOf(change: FindingChange): FindingKey {
  return change.kind === 'open' ? change.observation.key : change.key;
}
