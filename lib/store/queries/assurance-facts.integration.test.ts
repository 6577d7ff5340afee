import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addResource, NOON, openStoreFixture, type StoreFixture } from '../../testing/store-fixture.ts';
import { EVERYTHING } from '../../testing/whole-estate.ts';
import { sqlOfPool } from '../sql.ts';
import { assuranceFacts } from './assurance-facts.ts';

const DAY_MS = 86_400_000;
const daysLater = (days: number): Date => new Date(NOON.getTime() + days * DAY_MS);

let fixture: StoreFixture;
beforeAll(async () => {
  fixture = await openStoreFixture();
  for (const [key, sample] of [
    ['i-1', false],
    ['i-2', true],
  ] as const) {
    const resource = await addResource(fixture.stores, key, { sample });
    await fixture.stores.resources.recordScan({
      resource,
      scanType: 'package',
      jobId: null,
      outcome: 'complete',
      reason: null,
      startedAt: NOON,
      endedAt: NOON,
      packages: 2,
      findings: 0,
      undecidable: 0,
      distro: null,
      advisoryRevision: 'r1',
      advisoryStates: [
        { ecosystem: 'npm', packages: 1, records: 9, newestRecord: NOON, syncedAt: NOON, state: 'fresh' },
        { ecosystem: 'PyPI', packages: 1, records: 0, newestRecord: null, syncedAt: null, state: 'missing' },
      ],
      diagnostics: [],
    });
  }
});
afterAll(() => fixture?.close());

async function statesAt(now: Date, key: string): Promise<readonly string[]> {
  const { advisoryStates } = await assuranceFacts(sqlOfPool(fixture.database.pool), EVERYTHING, now, key);
  return advisoryStates.map(({ ecosystem, state }) => `${ecosystem} ${state}`).sort();
}

describe('the advisories behind a resource', () => {
  it('grow stale with the scan, until all inventories are known to be matched with newer ones', async () => {
    expect(await statesAt(NOON, 'i-1')).toEqual(['PyPI missing', 'npm fresh']);
    expect(await statesAt(daysLater(5), 'i-1')).toEqual(['PyPI missing', 'npm stale']);

    const matched = (ecosystem: string) => ({
      ecosystem,
      records: 9,
      newestRecord: daysLater(4),
      syncedAt: daysLater(5),
    });
    await fixture.stores.inventories.saveMatchedRevision('r2', [matched('npm'), matched('PyPI')], daysLater(5));

    expect(await statesAt(daysLater(5), 'i-1')).toEqual(['PyPI fresh', 'npm fresh']);
  });

  it('that no scan had are known by name, those of sample resources aside', async () => {
    expect(await fixture.stores.inventories.withoutAdvisories()).toEqual(['PyPI']);
  });

  it('of a sample resource are its own', async () => {
    expect(await statesAt(daysLater(5), 'i-2')).toEqual(['PyPI missing', 'npm stale']);
  });
});
