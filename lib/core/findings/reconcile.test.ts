import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type {
  FindingChange,
  ScoredObservation,
  ScoredReport,
  Sights,
  StoredFinding,
  StoredFindings,
} from '../model/finding.ts';
import { type FindingKey, findingKey, resourceId } from '../model/ids.ts';
import type { Origin } from '../model/resource.ts';
import { contentHash } from './content-hash.ts';
import { reconcile } from './reconcile.ts';
import { lifetimeOf } from './sights.ts';

/** Random histories a run; `HISTORIES=100000` is the full run by hand. */
const { HISTORIES } = import.meta.env as unknown as Readonly<Record<string, string | undefined>>;
const RUNS = Number(HISTORIES ?? 1_000);

const resource = resourceId('host:1');

function observation(key: string, score = 5): ScoredObservation {
  return {
    key: findingKey(key),
    type: 'PACKAGE_VULNERABILITY',
    title: key,
    vulnerability: {
      id: key,
      aliases: [],
      title: key,
      description: '',
      severity: 'HIGH',
      severitySource: null,
      cvss: [],
      epss: null,
      kev: null,
      cwes: [],
      references: [],
      publishedAt: null,
    },
    packages: [],
    rating: { cvss: [], word: null },
    score: { score, terms: [], cappedFrom: null, formula: 'v1' },
  };
}

function report(observations: readonly ScoredObservation[], change: Partial<ScoredReport> = {}): ScoredReport {
  return {
    resource,
    scanType: 'package',
    origin: 'harrier',
    outcome: 'complete',
    at: new Date(T0 + 100),
    observations,
    diagnostics: [],
    ...change,
  };
}

const T0 = Date.parse('2026-11-20T12:00:00Z');
const CLOCK = T0 + 1_000_000;

/** What a store keeps of one resource. */
interface Kept {
  readonly findings: readonly StoredFinding[];
  readonly completes: Readonly<Record<Origin, readonly number[]>>;
  readonly lookedAt: Readonly<Record<Origin, number | null>>;
}
const NOTHING: Kept = {
  findings: [],
  completes: { harrier: [], 'security-hub': [] },
  lookedAt: { harrier: null, 'security-hub': null },
};

function against(kept: Kept, origin: Origin): StoredFindings {
  const { findings, completes, lookedAt } = kept;
  return { findings, completes, lookedAt: lookedAt[origin], clock: CLOCK };
}

/** A store as plain as it can be, to see what reports add up to. */
function after(kept: Kept, one: ScoredReport): Kept {
  const rows = new Map<FindingKey, StoredFinding>(kept.findings.map((finding) => [finding.key, finding]));
  for (const change of reconcile(against(kept, one.origin), one)) {
    if (change.kind === 'seen') continue;
    const key = change.kind === 'open' ? change.observation.key : change.key;
    const status = lifetimeOf(change.sights).closedAt === null ? 'ACTIVE' : 'CLOSED';
    const before = rows.get(key) ?? stored(key);
    const hash = 'contentHash' in change ? change.contentHash : before.contentHash;
    rows.set(key, { ...before, status, sights: change.sights, contentHash: hash });
  }
  const at = one.at.getTime();
  const isComplete = one.outcome === 'complete';
  const completes = [...new Set([...kept.completes[one.origin], ...(isComplete ? [at] : [])])].sort((a, b) => a - b);
  const lookedAt = one.outcome === 'failed' ? kept.lookedAt[one.origin] : Math.max(kept.lookedAt[one.origin] ?? 0, at);
  return {
    findings: [...rows.values()].sort((a, b) => (a.key < b.key ? -1 : 1)),
    completes: { ...kept.completes, [one.origin]: completes },
    lookedAt: { ...kept.lookedAt, [one.origin]: lookedAt },
  };
}

/** The state that people see. */
function shown(kept: Kept) {
  return kept.findings.map(({ key, status, contentHash: hash, sights }) => ({
    key,
    status,
    hash,
    ...lifetimeOf(sights),
  }));
}

function kinds(changes: readonly FindingChange[]): readonly string[] {
  return changes.map((change) => change.kind);
}

function stored(key: string, change: Partial<StoredFinding> = {}): StoredFinding {
  return {
    key: findingKey(key),
    resource,
    type: 'PACKAGE_VULNERABILITY',
    vulnerability: key,
    status: 'ACTIVE',
    sights: { harrier: { first: T0, opened: T0, seen: T0, gone: null } },
    contentHash: contentHash(observation(key)),
    ...change,
  };
}

const GONE: Sights = { harrier: { first: T0, opened: T0, seen: T0, gone: T0 + 50 } };

/** Reconciles with these findings, all seen by a complete report before. */
function changesOf(findings: readonly StoredFinding[], one: ScoredReport): readonly FindingChange[] {
  return reconcile({ findings, completes: { harrier: [T0] }, lookedAt: T0, clock: CLOCK }, one);
}

describe('reconcile', { timeout: 30_000 + RUNS * 5 }, () => {
  it('opens what is new, refreshes what changed, leaves what is equal and closes what is gone', () => {
    const current = [stored('b'), stored('c'), stored('d')];

    const changes = changesOf(current, report([observation('a'), observation('b'), observation('c', 9)]));

    expect(kinds(changes)).toEqual(['open', 'seen', 'refresh', 'close']);
  });

  it('a partial scan closes nothing, still opens, and notes what it saw', () => {
    const changes = changesOf(
      [stored('b'), stored('c')],
      report([observation('a'), observation('c')], { outcome: 'partial' }),
    );

    expect(kinds(changes)).toEqual(['open', 'sight']);
  });

  it('a failed scan changes nothing', () => {
    expect(changesOf([stored('b')], report([observation('a')], { outcome: 'failed' }))).toEqual([]);
  });

  it('what nothing can prove any more closes after a partial report too, unless it was seen after all', () => {
    const gone = { outcome: 'partial', endedKeys: [findingKey('a'), findingKey('b')] } as const;
    const changes = changesOf([stored('a'), stored('b'), stored('c')], report([observation('b')], gone));

    expect(changes).toMatchObject([
      { kind: 'close', key: 'a', reason: 'remediated' },
      { kind: 'sight', key: 'b' },
    ]);
    expect(changesOf([stored('a')], report([], { ...gone, outcome: 'failed' }))).toEqual([]);
  });

  it('a report says why it closes', () => {
    expect(changesOf([stored('a')], report([], { closeReason: 'advisory-changed' }))).toMatchObject([
      { kind: 'close', key: 'a', reason: 'advisory-changed' },
    ]);
  });

  it('a closed finding that is seen again reopens under its key, with the time of its first sight', () => {
    const closed = stored('a', { status: 'CLOSED', sights: GONE });

    const [change] = changesOf([closed], report([observation('a')]));

    expect(change).toMatchObject({
      kind: 'reopen',
      sights: { harrier: { first: T0, opened: T0 + 100, seen: T0 + 100, gone: null } },
    });
  });

  it('what could not be decided is not closed', () => {
    expect(changesOf([stored('a')], report([], { undecidedKeys: [findingKey('a')] }))).toEqual([]);
  });

  it('a finding stays open while another origin still reports it', () => {
    const sight = { first: T0, opened: T0, seen: T0, gone: null };
    const both = stored('a', { sights: { harrier: sight, 'security-hub': { ...sight, opened: T0 + 10 } } });

    const [change, ...more] = changesOf([both], report([]));

    expect(change).toMatchObject({ kind: 'drop-origin', key: 'a', origin: 'harrier' });
    expect(more).toEqual([]);
    expect(change !== undefined && 'sights' in change && lifetimeOf(change.sights)).toEqual({
      firstSeenAt: T0,
      openedAt: T0,
      closedAt: null,
    });
  });

  it('an import never closes what only our own scan saw', () => {
    expect(changesOf([stored('a')], report([], { origin: 'security-hub' }))).toEqual([]);
  });

  it('newer advisories reopen what older ones closed, at the time at which they are held against the same look', () => {
    const rematch = { again: true, at: new Date(T0 + 200) };
    const closed = changesOf([stored('a')], report([], rematch));
    expect(closed).toMatchObject([{ kind: 'close', sights: { harrier: { gone: T0 + 200 } } }]);

    const sights = { harrier: { first: T0, opened: T0, seen: T0, gone: T0 + 200 } };
    const again = changesOf(
      [stored('a', { status: 'CLOSED', sights })],
      report([observation('a')], { again: true, at: new Date(T0 + 300) }),
    );
    expect(again).toMatchObject([{ kind: 'reopen', sights: { harrier: { opened: T0 + 300, gone: null } } }]);
  });

  it('a look that ended before its findings were held against newer advisories still wins by its own time', () => {
    const rematched = changesOf([stored('a')], report([observation('b')], { again: true, at: new Date(T0 + 200) }));
    expect(kinds(rematched)).toEqual(['close', 'open']);

    const opened = stored('b', { sights: { harrier: { first: T0 + 200, opened: T0 + 200, seen: T0, gone: null } } });
    expect(kinds(changesOf([opened], report([], { at: new Date(T0 + 150) })))).toEqual(['close']);
  });

  it('what changes no finding still brings what is new about the flaw, unless it comes late', () => {
    const told = observation('a');
    const news = { ...told, vulnerability: { ...told.vulnerability, description: 'Told better.' } };

    expect(changesOf([stored('a')], report([news]))).toEqual([
      { kind: 'seen', key: 'a', vulnerability: news.vulnerability },
    ]);
    expect(changesOf([stored('a')], report([news], { outcome: 'partial' }))).toMatchObject([
      { kind: 'sight', vulnerability: { description: 'Told better.' } },
    ]);
    const late = changesOf([stored('a')], report([news], { at: new Date(T0 - 1) }));
    expect(late).toMatchObject([{ kind: 'sight', key: 'a' }]);
    expect(late[0]).not.toHaveProperty('vulnerability');
  });

  it('a clock that is ahead of the database does not make later reports late', () => {
    const ahead = after(NOTHING, report([observation('a')], { at: new Date(CLOCK + 9_000_000) }));

    const changes = reconcile(against(ahead, 'harrier'), report([observation('a', 9)], { at: new Date(CLOCK) }));

    expect(['refresh', 'seen']).toContain(changes[0]?.kind);
    expect(ahead.findings[0]?.sights.harrier?.seen).toBe(CLOCK);
  });

  const someKeys = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 0, max: 2 })), { maxLength: 4 });
  const someOutcome = fc.constantFrom('complete' as const, 'complete' as const, 'partial' as const, 'failed' as const);
  const someReport = fc
    .tuple(someKeys, someOutcome, fc.constantFrom<Origin>('harrier', 'harrier', 'security-hub'))
    .map(([keys, outcome, origin]) =>
      report(
        keys.map(([key, score]) => observation(key, score)),
        { outcome, origin },
      ),
    );
  /** Reports in the order in which their origins looked. */
  const someHistory = fc
    .array(someReport, { maxLength: 8 })
    .map((reports) => reports.map((one, n) => ({ ...one, at: new Date(T0 + n * 1_000) })));

  it('the same report a second time changes nothing', () => {
    fc.assert(
      fc.property(someHistory, (history) => {
        const kept = history.reduce(after, NOTHING);

        for (const one of history) {
          expect(kinds(reconcile(against(kept, one.origin), one)).filter((kind) => kind !== 'seen')).toEqual([]);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('reports in any order, some of them twice, come to the state of the clean order', () => {
    fc.assert(
      fc.property(someHistory, fc.infiniteStream(fc.nat()), (history, order) => {
        const shuffled = [...history, ...history.filter((_, n) => n % 2 === 0)]
          .map((one) => [order.next().value as number, one] as const)
          .sort(([a], [b]) => a - b)
          .map(([, one]) => one);

        expect(shown(shuffled.reduce(after, NOTHING))).toEqual(shown(history.reduce(after, NOTHING)));
      }),
      { numRuns: RUNS },
    );
  });

  it('the order of observations, and seeing one twice, make no difference', () => {
    fc.assert(
      fc.property(someReport, fc.infiniteStream(fc.nat()), (one, order) => {
        const observations = [...one.observations, ...one.observations]
          .map((value) => [order.next().value as number, value] as const)
          .sort(([a], [b]) => a - b)
          .map(([, value]) => value);

        expect(changesOf([stored('a'), stored('c')], { ...one, observations })).toEqual(
          changesOf([stored('a'), stored('c')], one),
        );
      }),
    );
  });
});
