import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScoredObservation, ScoredReport } from '../core/model/finding.ts';
import type { ResourceId } from '../core/model/ids.ts';
import {
  addResource,
  NOON,
  type ObservationChoices,
  observationOf,
  openStoreFixture,
  reportFindings,
  type StoreFixture,
} from '../testing/store-fixture.ts';
import { DEFAULT_CRITERIA, EVERYTHING } from '../testing/whole-estate.ts';

/** Random histories a run, each a database's work of about a second; `HISTORIES=1000` is the full run by hand. */
const { HISTORIES } = import.meta.env as unknown as Readonly<Record<string, string | undefined>>;
const RUNS = Number(HISTORIES ?? 25);

let fixture: StoreFixture;
let made = 0;

beforeAll(async () => {
  fixture = await openStoreFixture();
});

afterAll(() => fixture?.close());

function newResource(): Promise<ResourceId> {
  made += 1;
  return addResource(fixture.stores, `i-${made}`);
}

const hours = (n: number): Date => new Date(NOON.getTime() + n * 3_600_000);

/** Every row that a report may write, with the transaction that wrote it last. */
async function writtenRows(): Promise<readonly string[]> {
  const tables = [
    'finding',
    'finding_content',
    'vulnerability',
    'finding_event',
    'finding_delta',
    'account_count',
    'finding_flow',
  ];
  const { rows } = await fixture.database.pool.query<{ row: string }>(
    `${tables.map((table) => `select '${table} ' || ctid::text || ' ' || xmin::text as row from ${table}`).join(' union all ')} order by 1`,
  );
  return rows.map(({ row }) => row);
}

/** What people see of the findings of a resource, by flaw. */
async function shown(resource: ResourceId) {
  const { rows } = await fixture.database.pool.query(
    `select f.vulnerability_id, f.status, f.severity, f.score, f.kev, f.sources, f.first_seen_at, f.opened_at, f.closed_at,
       f.due_at, f.content_hash, p.title
     from finding f join resource r on r.id = f.resource_id join finding_content p on p.hash = f.content
     where r.key = $1 order by f.vulnerability_id`,
    [resource],
  );
  return rows;
}

describe('a report', () => {
  it.each(['complete', 'partial'] as const)('that comes again writes no row at all: %s', async (outcome) => {
    const resource = await newResource();
    const observations = ['CVE-2026-1', 'CVE-2026-2'].map((id) => observationOf(resource, id));
    await reportFindings(fixture.stores, resource, observations, { outcome });
    const before = await writtenRows();

    const counts = await reportFindings(fixture.stores, resource, observations, { outcome });

    expect(counts).toEqual({ open: 0, refresh: 0, reopen: 0, seen: 2, sight: 0, 'drop-origin': 0, close: 0 });
    expect(await writtenRows()).toEqual(before);
  });

  it('by a later scan that saw the same writes no row but its own', async () => {
    const resource = await newResource();
    const observations = ['CVE-2026-1', 'CVE-2026-2'].map((id) => observationOf(resource, id));
    await reportFindings(fixture.stores, resource, observations);
    const before = await writtenRows();

    for (const hour of [1, 2, 3]) {
      await reportFindings(fixture.stores, resource, observations, { at: hours(hour) });
    }

    expect(await writtenRows()).toEqual(before);
    const { rows } = await fixture.database.pool.query(
      'select completes, looked_at from report where resource_id = (select id from resource where key = $1)',
      [resource],
    );
    expect(rows).toEqual([{ completes: [NOON, hours(1), hours(2), hours(3)], looked_at: hours(3) }]);
  });

  it('brings what is new about the flaw, though the finding stays as it is; an old one does not bring it back', async () => {
    const resource = await newResource();
    const before = observationOf(resource, 'CVE-2026-77');
    const epss = { probability: 0.41, percentile: 0.9, date: '2026-11-20' };
    const after = { ...before, vulnerability: { ...before.vulnerability, epss, description: 'Told better.' } };
    await reportFindings(fixture.stores, resource, [before]);
    const row = await shown(resource);

    const counts = await reportFindings(fixture.stores, resource, [after], { at: hours(1) });
    await reportFindings(fixture.stores, resource, [before]);

    expect(counts).toMatchObject({ seen: 1, refresh: 0 });
    expect(await shown(resource)).toEqual(row);
    expect(await fixture.database.prisma.vulnerability.findUnique({ where: { id: 'CVE-2026-77' } })).toMatchObject({
      description: 'Told better.',
      epssProbability: 0.41,
      epssDate: '2026-11-20',
    });
  });

  it('that comes late opens what it saw at its own time, and closes nothing that was seen since', async () => {
    const resource = await newResource();
    const [a, b] = [observationOf(resource, 'CVE-2026-1'), observationOf(resource, 'CVE-2026-2')];
    await reportFindings(fixture.stores, resource, [a], { at: hours(2) });

    await reportFindings(fixture.stores, resource, [b], { at: hours(1) });

    expect(await shown(resource)).toMatchObject([
      { vulnerability_id: 'CVE-2026-1', status: 'ACTIVE', opened_at: hours(2), closed_at: null },
      // The complete report after it did not see it any more.
      { vulnerability_id: 'CVE-2026-2', status: 'CLOSED', opened_at: hours(1), closed_at: hours(2) },
    ]);
  });

  it('that comes late and moves the start of a finding moves its due date, but not the date of the catalogue', async () => {
    const resource = await newResource();
    const plain = observationOf(resource, 'CVE-2026-1');
    const listed = withDueDate(observationOf(resource, 'CVE-2026-2', { kev: true }), '2026-12-10');
    await reportFindings(fixture.stores, resource, [plain, listed], { at: hours(24) });

    const counts = await reportFindings(fixture.stores, resource, [plain, listed]);

    expect(counts.sight).toBe(2);
    expect(await shown(resource)).toMatchObject([
      // Thirty days for high, after the day in which a new resource settles.
      { opened_at: NOON, due_at: hours(31 * 24) },
      { opened_at: NOON, due_at: new Date('2026-12-10T23:59:59.000Z') },
    ]);
  });

  it('of two workers on one resource at once counts whole, and the later look stands', async () => {
    const resource = await newResource();
    const ids = Array.from({ length: 30 }, (_, n) => `CVE-2026-${n}`);
    const seen = (from: number, until: number) => ids.slice(from, until).map((id) => observationOf(resource, id));

    await Promise.all([
      reportFindings(fixture.stores, resource, seen(0, 20), { at: hours(1) }),
      reportFindings(fixture.stores, resource, seen(10, 30), { at: hours(2) }),
      reportFindings(fixture.stores, resource, seen(0, 30), { at: hours(0), origin: 'security-hub' }),
      reportFindings(fixture.stores, resource, seen(5, 30), { at: hours(3), origin: 'security-hub' }),
    ]);

    const rows = await shown(resource);
    const byHarrier = (n: number): boolean => n >= 10;
    const byHub = (n: number): boolean => n >= 5;
    expect(rows).toHaveLength(30);
    expect(Object.fromEntries(rows.map((row) => [row.vulnerability_id, [row.status, row.sources]]))).toEqual(
      Object.fromEntries(
        ids.map((id, n) => [
          id,
          [byHarrier(n) || byHub(n) ? 'ACTIVE' : 'CLOSED', (byHarrier(n) ? 1 : 0) + (byHub(n) ? 2 : 0)],
        ]),
      ),
    );
    const { rows: lives } = await fixture.database.pool.query(
      `select count(*) filter (where e.kind in ('open', 'reopen'))::int - count(*) filter (where e.kind = 'close')::int as open,
         (f.status <> 'CLOSED')::int as is_open
       from finding f join finding_event e on e.finding_id = f.id join resource r on r.id = f.resource_id
       where r.key = $1 group by f.id`,
      [resource],
    );
    expect(lives.filter(({ open, is_open }) => open !== is_open)).toEqual([]);
  });

  it('says the same as that of another resource: what is said is one row', async () => {
    const [one, two] = [await newResource(), await newResource()];
    const choices: ObservationChoices = { title: 'CVE-2026-500 in a shared package' };

    await Promise.all(
      [one, two].map((resource) =>
        reportFindings(fixture.stores, resource, [observationOf(resource, 'CVE-2026-500', choices)]),
      ),
    );

    const { prisma } = fixture.database;
    const findings = await prisma.finding.findMany({ where: { vulnerabilityId: 'CVE-2026-500' } });
    expect(findings).toHaveLength(2);
    expect(new Set(findings.map(({ content }) => content)).size).toBe(1);
    expect(await prisma.findingContent.count({ where: { title: choices.title ?? '' } })).toBe(1);
    const page = await fixture.stores.reads.findings(
      EVERYTHING,
      { ...DEFAULT_CRITERIA, vulnerability: 'CVE-2026-500' },
      { cursor: null, limit: 10 },
      NOON,
    );
    expect(page.rows.map(({ title }) => title)).toEqual([choices.title, choices.title]);
  });
});

function withDueDate(observation: ScoredObservation, dueDate: string): ScoredObservation {
  const { vulnerability } = observation;
  const kev = vulnerability.kev === null ? null : { ...vulnerability.kev, dueDate };
  return { ...observation, vulnerability: { ...vulnerability, kev } };
}

/** A report before it is known of which resource. */
interface Told {
  readonly flaws: readonly (readonly [id: string, score: number, kev: boolean])[];
  readonly more: Pick<ScoredReport, 'origin' | 'outcome' | 'at'>;
}

async function tell(resource: ResourceId, reports: readonly Told[]): Promise<void> {
  for (const { flaws, more } of reports) {
    const observations = flaws.map(([id, score, kev]) =>
      withDueDate(observationOf(resource, id, { score, kev, severity: score > 8 ? 'CRITICAL' : 'HIGH' }), '2026-12-01'),
    );
    await reportFindings(fixture.stores, resource, observations, more);
  }
}

describe('reports in any order', () => {
  const someFlaws = fc.uniqueArray(
    fc.tuple(fc.constantFrom('CVE-2026-1', 'CVE-2026-2', 'CVE-2026-3'), fc.constantFrom(7, 9), fc.boolean()),
    { maxLength: 3, selector: ([id]) => id },
  );
  const someHistory = fc
    .array(
      fc.record({
        flaws: someFlaws,
        origin: fc.constantFrom('harrier' as const, 'harrier' as const, 'security-hub' as const),
        outcome: fc.constantFrom('complete' as const, 'complete' as const, 'partial' as const, 'failed' as const),
      }),
      { minLength: 2, maxLength: 7 },
    )
    .map((reports): readonly Told[] =>
      reports.map(({ flaws, origin, outcome }, n) => ({ flaws, more: { origin, outcome, at: hours(n) } })),
    );

  it(
    'some of them twice, of two origins, come to the rows of the clean order',
    async () => {
      await fc.assert(
        fc.asyncProperty(someHistory, fc.infiniteStream(fc.nat()), async (history, order) => {
          const [clean, other] = [await newResource(), await newResource()];
          const shuffled = [...history, ...history.filter((_, n) => n % 2 === 0)]
            .map((one) => [order.next().value as number, one] as const)
            .sort(([a], [b]) => a - b)
            .map(([, one]) => one);

          await tell(clean, history);
          await tell(other, shuffled);

          expect(await shown(other)).toEqual(await shown(clean));
        }),
        { numRuns: RUNS },
      );
    },
    RUNS * 10_000,
  );
});
