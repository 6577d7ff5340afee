import { expect, it } from 'vitest';
import type { PackageScanResult } from '../../core/model/scan-result.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { buildInventory } from '../../testing/build-inventory.ts';
import { askForFeeds } from './ask-for-feeds.ts';

type State = PackageScanResult['advisoryStates'][number]['state'];

async function asked(states: Readonly<Record<string, State>>, advisoryRevision: string | null = 'r') {
  const kinds: string[] = [];
  const jobs = { enqueue: async (kind: string) => void kinds.push(kind) };
  const advisoryStates = Object.entries(states).map(([ecosystem, state]) => {
    return { ecosystem, packages: 1, records: 0, newestRecord: null, syncedAt: null, state };
  });
  const names = await askForFeeds({ jobs } as unknown as Dependencies, {
    inventory: buildInventory(null, []),
    observations: [],
    undecidable: 0,
    advisoryStates,
    advisoryRevision,
    outcome: 'complete',
    diagnostics: [],
  });
  return { kinds, names };
}

it('advisories that exist and were never brought in are asked for once', async () => {
  const states = { 'Rocky Linux:9': 'missing', 'Rocky Linux:8': 'missing', Hex: 'missing', npm: 'stale' } as const;
  expect(await asked(states)).toEqual({ kinds: ['sync-feeds'], names: ['Rocky Linux', 'Hex'] });
});

it('nothing is asked for where nobody publishes, where all is there, or before the first sync', async () => {
  expect(await asked({ Conda: 'missing', 'scientific:7': 'missing' })).toEqual({ kinds: [], names: [] });
  expect(await asked({ npm: 'fresh', PyPI: 'stale' })).toEqual({ kinds: [], names: [] });
  expect(await asked({ Hex: 'missing' }, null)).toEqual({ kinds: [], names: [] });
});
