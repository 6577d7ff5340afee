import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_RESOURCE_FILTER, type PackageAsk, type ResourceFilter } from '../../core/model/estate.ts';
import type { ResourceId } from '../../core/model/ids.ts';
import type { ScanRecord } from '../../core/ports/resource-store.ts';
import { buildInventory, buildPackage } from '../../testing/build-inventory.ts';
import {
  addResource,
  NOON,
  observationOf,
  openStoreFixture,
  reportFindings,
  type StoreFixture,
} from '../../testing/store-fixture.ts';
import { EVERYTHING } from '../../testing/whole-estate.ts';

const HOUR_MS = 3_600_000;
const hours = (count: number) => new Date(NOON.getTime() + count * HOUR_MS);
const OTHER = { ...EVERYTHING, accounts: ['999999999999'] };

let fixture: StoreFixture;
let ids: Readonly<Record<'web' | 'db' | 'image' | 'empty' | 'foreign', ResourceId>>;

function scanOf(resource: ResourceId, endedAt: Date, more: Partial<ScanRecord> = {}): ScanRecord {
  return {
    resource,
    scanType: 'package',
    jobId: null,
    outcome: 'complete',
    reason: null,
    startedAt: new Date(endedAt.getTime() - 60_000),
    endedAt,
    packages: 1,
    findings: 0,
    undecidable: 0,
    distro: null,
    advisoryRevision: null,
    advisoryStates: [],
    diagnostics: [],
    ...more,
  };
}

const xz = (version: string) =>
  buildPackage({ ecosystem: 'debian', name: 'xz', version, purl: `pkg:deb/debian/xz@${version}` });

beforeAll(async () => {
  fixture = await openStoreFixture();
  const { stores } = fixture;
  ids = {
    web: await addResource(stores, 'i-web'),
    db: await addResource(stores, 'i-db'),
    image: await addResource(stores, 'image:100%_app', { kind: 'ecr' }),
    empty: await addResource(stores, 'i-empty'),
    foreign: await addResource(stores, 'i-foreign', { accountId: '999999999999' }),
  };
  const held = [
    [ids.web, ['5.6.1']],
    [ids.db, ['1:5.6-3']],
    [ids.image, ['5.60', '5.6.1']],
    [ids.foreign, ['5.6.1']],
  ] as const;
  for (const [resource, versions] of held) {
    await stores.inventories.save(resource, buildInventory(null, versions.map(xz)), NOON);
  }
  await stores.resources.recordScan(scanOf(ids.web, NOON));
  await stores.resources.recordScan(scanOf(ids.db, hours(-72)));
  await stores.resources.recordScan(scanOf(ids.image, NOON, { outcome: 'partial', reason: 'A layer was cut short.' }));
});

afterAll(() => fixture?.close());

const namesOf = async (filter: Partial<ResourceFilter>, visible = EVERYTHING) => {
  const asked = { ...NO_RESOURCE_FILTER, ...filter };
  const { rows } = await fixture.stores.reads.resources(visible, asked, { cursor: null, limit: 200 }, hours(1));
  const counts = await fixture.stores.reads.countResources(visible, asked, hours(1));
  const counted = counts.filter(
    ({ kind, state }) =>
      (asked.kinds.length === 0 || asked.kinds.includes(kind)) &&
      (asked.states.length === 0 || asked.states.includes(state)),
  );
  // Whatever is asked for, the count beside the list is the length of the list.
  expect(counted.reduce((sum, { resources }) => sum + resources, 0)).toBe(rows.length);
  return rows.map(({ name }) => name);
};

const holds = (ask: Partial<PackageAsk>): PackageAsk => ({ name: 'xz', version: null, ecosystem: null, ...ask });

describe('resources are narrowed', () => {
  it('by words, whose signs mean nothing', async () => {
    expect(await namesOf({ words: ['I-D'] })).toEqual(['i-db']);
    expect(await namesOf({ words: ['%_'] })).toEqual(['image:100%_app']);
  });

  it('by kind', async () => {
    expect(await namesOf({ kinds: ['ecr'] })).toEqual(['image:100%_app']);
  });

  it.each([
    ['scanned', ['i-web']],
    ['late', ['i-db']],
    ['partial', ['image:100%_app']],
    ['failed', []],
    ['never', ['i-empty', 'i-foreign']],
  ] as const)('by coverage: %s', async (state, names) => {
    expect(await namesOf({ states: [state] })).toEqual(names);
  });

  it('by a package, and by how its version begins', async () => {
    const begun = { text: '5.6', whole: false };
    expect(await namesOf({ holds: holds({ version: begun }) })).toEqual([
      'i-db',
      'i-foreign',
      'i-web',
      'image:100%_app',
    ]);
    expect(await namesOf({ holds: holds({ version: { text: '5.60', whole: false } }) })).toEqual(['image:100%_app']);
    expect(await namesOf({ holds: holds({ version: { text: '5.6', whole: true } }) })).toEqual([]);
    expect(await namesOf({ holds: holds({ name: 'x%' }) })).toEqual([]);
    expect(await namesOf({ holds: holds({ ecosystem: 'npm' }) })).toEqual([]);
  });

  it('page by page, each once', async () => {
    const { reads } = fixture.stores;
    const names: string[] = [];
    for (let cursor: string | null = null; ; ) {
      const page: Awaited<ReturnType<typeof reads.resources>> = await reads.resources(
        EVERYTHING,
        { ...NO_RESOURCE_FILTER, words: ['i-'] },
        { cursor, limit: 1 },
        NOON,
      );
      names.push(...page.rows.map(({ name }) => name));
      cursor = page.nextCursor;
      if (cursor === null) break;
    }
    expect(names).toEqual(['i-db', 'i-empty', 'i-foreign', 'i-web']);
  });
});

describe('packages across the estate', () => {
  const search = (words: readonly string[], version: string | null = null, visible = EVERYTHING) =>
    fixture.stores.reads.packageVersions(visible, {
      words,
      version: version === null ? null : { text: version, whole: false },
      ecosystems: [],
    });

  it('come by version, and each count is the list that it leads to', async () => {
    const { rows, hasMore } = await search(['xz'], '5.6');
    expect(hasMore).toBe(false);
    expect(rows.map(({ version, resources }) => [version, resources])).toEqual([
      ['1:5.6-3', 1],
      ['5.6.1', 3],
    ]);
    for (const { name, version, ecosystem, resources } of rows) {
      const names = await namesOf({ holds: { name, version: { text: version, whole: true }, ecosystem } });
      expect(names).toHaveLength(resources);
    }
  });

  it('say nothing of accounts that the reader may not see', async () => {
    const { rows } = await search(['xz'], null, OTHER);
    expect(rows).toMatchObject([{ version: '5.6.1', resources: 1 }]);
    expect(await namesOf({ holds: holds({}) }, OTHER)).toEqual(['i-foreign']);
  });
});

describe('two scans', () => {
  const opened = observationOf;
  let scans: readonly string[];

  beforeAll(async () => {
    const { stores } = fixture;
    const looks = [
      [1, [opened(ids.web, 'CVE-1'), opened(ids.web, 'CVE-2')]],
      [3, [opened(ids.web, 'CVE-2'), opened(ids.web, 'CVE-3', { severity: 'CRITICAL' })]],
      [5, [opened(ids.web, 'CVE-2'), opened(ids.web, 'CVE-3', { severity: 'CRITICAL' }), opened(ids.web, 'CVE-1')]],
    ] as const;
    for (const [at, observations] of looks) {
      await reportFindings(stores, ids.web, observations, { at: hours(at) });
      await stores.resources.recordScan(scanOf(ids.web, hours(at + 0.1)));
    }
    scans = (await stores.reads.resourceScans(EVERYTHING, ids.web, hours(6))).map(({ id }) => id);
  });

  const compare = (from = '', to = '', visible = EVERYTHING) =>
    fixture.stores.reads.compareScans(visible, ids.web, { from, to });
  const ofSide = (side: { readonly shown: readonly { readonly vulnerabilityId: string }[] } | undefined) =>
    side?.shown.map(({ vulnerabilityId }) => vulnerabilityId);

  it('say what opened and what closed between them, in either order', async () => {
    const [, second, first] = scans;
    const found = await compare(second, first);
    expect(ofSide(found?.opened)).toEqual(['CVE-3']);
    expect(ofSide(found?.closed)).toEqual(['CVE-1']);
    expect(found?.from.id).toBe(first);
  });

  it('leave out what closed and came back', async () => {
    const [third, , first] = scans;
    const found = await compare(first, third);
    expect(ofSide(found?.opened)).toEqual(['CVE-3']);
    expect(found?.closed).toEqual({ count: 0, shown: [] });
  });

  it('of another resource, or unseen, are none', async () => {
    expect(await compare(scans[0], scans[0])).toBeNull();
    expect(await compare(scans[0], '999999')).toBeNull();
    expect(await compare(scans[0], scans[1], OTHER)).toBeNull();
  });

  it('lie on the line of what was open, which ends at what is open now', async () => {
    const steps = await fixture.stores.reads.openSteps(EVERYTHING, ids.web, hours(6));
    expect(steps.map(({ open }) => open)).toEqual([0, 2, 3]);
    expect(await fixture.stores.reads.openSteps(OTHER, ids.web, hours(6))).toEqual([]);
  });
});
