import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentHash } from '../core/findings/content-hash.ts';
import type { ScoredObservation } from '../core/model/finding.ts';
import type { ResourceId } from '../core/model/ids.ts';
import type { StoredSignals } from '../core/ports/signal-store.ts';
import { scoreOf } from '../core/risk/score.ts';
import {
  addResource,
  NOON,
  observationOf,
  openStoreFixture,
  reportFindings,
  type StoreFixture,
} from '../testing/store-fixture.ts';

const LATER = new Date(NOON.getTime() + 86_400_000);
const LIKELY = { probability: 0.97, percentile: 0.999, date: '2026-11-21' };
let fixture: StoreFixture;
let host: ResourceId;

/** As a scan would score it with these signals. */
function scored(resource: ResourceId, id: string, signals: Pick<StoredSignals, 'epss' | 'exploit'>): ScoredObservation {
  const plain = observationOf(resource, id, { score: 7.5 });
  const { exploit: _, ...flaw } = plain.vulnerability;
  const vulnerability = {
    ...flaw,
    epss: signals.epss,
    ...(signals.exploit === null ? {} : { exploit: signals.exploit }),
  };
  const score = scoreOf({
    rating: plain.rating,
    epss: signals.epss,
    kev: null,
    exploit: signals.exploit,
    environment: 'prod',
    cwes: vulnerability.cwes,
  });
  return { ...plain, vulnerability, score };
}

const BEFORE = { epss: { probability: 0.002, percentile: 0.1, date: '2026-11-19' }, exploit: null };

beforeAll(async () => {
  fixture = await openStoreFixture();
  host = await addResource(fixture.stores, 'i-1');
  const observations = ['CVE-2026-1', 'CVE-2026-2', 'CVE-2026-3'].map((id) => scored(host, id, BEFORE));
  await reportFindings(fixture.stores, host, observations);
});

afterAll(() => fixture?.close());

async function rowVersions(): Promise<ReadonlyMap<string, string>> {
  const { rows } = await fixture.database.pool.query(
    `select vulnerability_id as id, xmin::text as version from finding`,
  );
  return new Map(rows.map(({ id, version }) => [id, version]));
}

describe('signals of vulnerabilities', () => {
  it('move the score of what they are about, with an event, and rewrite no other finding', async () => {
    const before = await rowVersions();

    const moved = await fixture.stores.signals.save(
      [
        { id: 'CVE-2026-1', kev: null, epss: LIKELY, exploit: null },
        {
          id: 'CVE-2026-2',
          kev: null,
          epss: { ...BEFORE.epss, probability: 0.0021, date: '2026-11-21' },
          exploit: null,
        },
      ],
      LATER,
    );

    const after = await rowVersions();
    expect(moved).toBe(1);
    expect([...after].filter(([id, version]) => before.get(id) !== version).map(([id]) => id)).toEqual(['CVE-2026-1']);
    const row = await fixture.database.prisma.finding.findFirstOrThrow({ where: { vulnerabilityId: 'CVE-2026-1' } });
    const expected = scored(host, 'CVE-2026-1', { epss: LIKELY, exploit: null });
    expect(row).toMatchObject({ score: expected.score.score, updatedAt: LATER, lastSeenAt: NOON });
    const events = await fixture.database.prisma.findingEvent.findMany({
      where: { findingId: row.id },
      orderBy: { id: 'asc' },
    });
    expect(events.map(({ kind, cause }) => [kind, cause])).toEqual([
      ['open', 'new-resource'],
      ['refresh', 're-score'],
    ]);
  });

  it('leave what a scan with the same signals would find, so that it writes nothing', async () => {
    const before = await rowVersions();
    const observations = [
      scored(host, 'CVE-2026-1', { epss: LIKELY, exploit: null }),
      scored(host, 'CVE-2026-2', { epss: { ...BEFORE.epss, probability: 0.0021, date: '2026-11-21' }, exploit: null }),
      scored(host, 'CVE-2026-3', BEFORE),
    ];

    const counts = await reportFindings(fixture.stores, host, observations, { at: LATER });

    expect(counts).toMatchObject({ seen: 3, refresh: 0 });
    expect(await rowVersions()).toEqual(before);
    const stored = await fixture.stores.findings.current([host], 'package', 'harrier');
    const hashes = stored
      .get(host)
      ?.findings.map((one) => one.contentHash)
      .sort();
    expect(hashes).toEqual(observations.map(contentHash).sort());
  });

  it('are given back page by page, and name the resources that they touch', async () => {
    const first = await fixture.stores.signals.after('', 2);
    const rest = await fixture.stores.signals.after(first.at(-1)?.id ?? '', 2);

    expect([...first, ...rest].map(({ id, epss }) => [id, epss?.probability])).toEqual([
      ['CVE-2026-1', 0.97],
      ['CVE-2026-2', 0.0021],
      ['CVE-2026-3', 0.002],
    ]);
    expect(await fixture.stores.signals.resourcesWith(['CVE-2026-1', 'CVE-0000-0'])).toEqual([host]);
  });
});
