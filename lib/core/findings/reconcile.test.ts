import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FindingChange, ScoredObservation, ScoredReport, StoredFinding } from '../model/finding.ts';
import { type FindingKey, findingKey, resourceId } from '../model/ids.ts';
import type { Origin } from '../model/resource.ts';
import { contentHash } from './content-hash.ts';
import { reconcile } from './reconcile.ts';

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
    score: { score, terms: [], cappedFrom: null, formula: 'v1' },
  };
}

function report(observations: readonly ScoredObservation[], change: Partial<ScoredReport> = {}): ScoredReport {
  return {
    resource,
    scanType: 'package',
    origin: 'harrier',
    outcome: 'complete',
    observations,
    diagnostics: [],
    ...change,
  };
}

/** A store of findings as plain as it can be, to see what changes add up to. */
function applied(
  current: readonly StoredFinding[],
  changes: readonly FindingChange[],
  origin: Origin,
): readonly StoredFinding[] {
  const rows = new Map<FindingKey, StoredFinding>(current.map((finding) => [finding.key, finding]));
  for (const change of changes) {
    const key = change.kind === 'open' ? change.observation.key : change.key;
    const before = rows.get(key);
    if ('contentHash' in change) {
      const origins = [...new Set([...(change.kind === 'refresh' ? (before?.origins ?? []) : []), origin])];
      const { contentHash: hash } = change;
      rows.set(key, {
        key,
        resource,
        type: 'PACKAGE_VULNERABILITY',
        vulnerability: key,
        status: 'ACTIVE',
        origins,
        contentHash: hash,
        closedAt: null,
      });
    } else if (before !== undefined && change.kind === 'close') {
      rows.set(key, { ...before, status: 'CLOSED', origins: [], closedAt: new Date(0) });
    } else if (before !== undefined && change.kind === 'drop-origin') {
      rows.set(key, { ...before, origins: before.origins.filter((one) => one !== change.origin) });
    }
  }
  return [...rows.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
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
    origins: ['harrier'],
    contentHash: contentHash(observation(key)),
    closedAt: null,
    ...change,
  };
}

describe('reconcile', () => {
  it('opens what is new, refreshes what changed, leaves what is equal and closes what is gone', () => {
    const current = [stored('b'), stored('c'), stored('d')];

    const changes = reconcile(current, report([observation('a'), observation('b'), observation('c', 9)]));

    expect(kinds(changes)).toEqual(['open', 'seen', 'refresh', 'close']);
  });

  it('a partial scan closes nothing, and still opens', () => {
    const changes = reconcile([stored('b')], report([observation('a')], { outcome: 'partial' }));

    expect(kinds(changes)).toEqual(['open']);
  });

  it('a failed scan changes nothing', () => {
    expect(reconcile([stored('b')], report([observation('a')], { outcome: 'failed' }))).toEqual([]);
  });

  it('what nothing can prove any more closes after a partial report too, unless it was seen after all', () => {
    const gone = { outcome: 'partial', endedKeys: [findingKey('a'), findingKey('b')] } as const;
    const changes = reconcile([stored('a'), stored('b'), stored('c')], report([observation('b')], gone));

    expect(changes).toEqual([
      { kind: 'close', key: 'a', reason: 'remediated' },
      { kind: 'seen', key: 'b' },
    ]);
    expect(reconcile([stored('a')], report([], { ...gone, outcome: 'failed' }))).toEqual([]);
  });

  it('a report says why it closes', () => {
    expect(reconcile([stored('a')], report([], { closeReason: 'advisory-changed' }))).toEqual([
      { kind: 'close', key: 'a', reason: 'advisory-changed' },
    ]);
  });

  it('a closed finding that is seen again reopens under its key', () => {
    const closed = stored('a', { status: 'CLOSED', origins: [], closedAt: new Date(0) });

    expect(kinds(reconcile([closed], report([observation('a')])))).toEqual(['reopen']);
  });

  it('what could not be decided is not closed', () => {
    expect(reconcile([stored('a')], report([], { undecidedKeys: [findingKey('a')] }))).toEqual([]);
  });

  it('a finding stays open while another origin still reports it', () => {
    const both = stored('a', { origins: ['harrier', 'security-hub'] });

    expect(reconcile([both], report([]))).toEqual([{ kind: 'drop-origin', key: 'a', origin: 'harrier' }]);
  });

  it('an import never closes what only our own scan saw', () => {
    expect(reconcile([stored('a')], report([], { origin: 'security-hub' }))).toEqual([]);
  });

  const someKeys = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.integer({ min: 0, max: 3 })), {
    maxLength: 8,
  });
  const someOutcome = fc.constantFrom('complete' as const, 'partial' as const, 'failed' as const);
  const someReport = fc
    .tuple(someKeys, someOutcome, fc.constantFrom<Origin>('harrier', 'security-hub'))
    .map(([keys, outcome, origin]) =>
      report(
        keys.map(([key, score]) => observation(key, score)),
        { outcome, origin },
      ),
    );

  it('the same report a second time changes nothing', () => {
    fc.assert(
      fc.property(fc.array(someReport, { maxLength: 5 }), someReport, (history, last) => {
        const before = history.reduce<readonly StoredFinding[]>(
          (rows, one) => applied(rows, reconcile(rows, one), one.origin),
          [],
        );
        const once = applied(before, reconcile(before, last), last.origin);
        const again = reconcile(once, last);

        expect(again.filter((change) => change.kind !== 'seen')).toEqual([]);
      }),
    );
  });

  it('the order of observations, and seeing one twice, make no difference', () => {
    fc.assert(
      fc.property(someReport, fc.infiniteStream(fc.nat()), (one, order) => {
        const observations = [...one.observations, ...one.observations]
          .map((value) => [order.next().value as number, value] as const)
          .sort(([a], [b]) => a - b)
          .map(([, value]) => value);

        expect(reconcile([stored('a'), stored('e')], { ...one, observations })).toEqual(
          reconcile([stored('a'), stored('e')], one),
        );
      }),
    );
  });
});
