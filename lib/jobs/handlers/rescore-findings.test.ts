import { expect, it } from 'vitest';
import type { VulnerabilitySignals } from '../../core/ports/advisory-index.ts';
import type { StoredSignals } from '../../core/ports/signal-store.ts';
import { vexBook } from '../../core/scan/package/vex-book.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { memoryAdvisoryIndex } from '../../testing/memory-advisory-index.ts';
import { rescoreFindings } from './rescore-findings.ts';

const EPSS = { probability: 0.02, percentile: 0.8, date: '2026-11-19' };
const NOW = new Date('2026-11-20T12:00:00Z');

/** What is on record, what the index says now, and what was written. */
function bench(record: readonly StoredSignals[], says: Readonly<Record<string, Partial<VulnerabilitySignals>>>) {
  const saved: StoredSignals[] = [];
  const asked: string[] = [];
  const index = {
    ...memoryAdvisoryIndex([]),
    signals: (ids: readonly string[]) =>
      new Map(
        ids.flatMap((id) => {
          const found = says[id];
          return found === undefined ? [] : [[id, { epss: null, kev: null, severities: [], ...found }] as const];
        }),
      ),
  };
  const signals = {
    after: async (id: string) => record.filter((one) => one.id > id),
    save: async (changed: readonly StoredSignals[]) => {
      saved.push(...changed);
      return changed.length;
    },
    resourcesWith: async (ids: readonly string[]) => {
      asked.push(...ids);
      return [];
    },
  };
  const run = () =>
    rescoreFindings({ signals } as unknown as Dependencies, {
      advisories: index,
      vex: vexBook([]),
      now: NOW,
      signal: new AbortController().signal,
    });
  return { saved, asked, run };
}

function stored(id: string, change: Partial<StoredSignals> = {}): StoredSignals {
  return { id, epss: EPSS, kev: null, exploit: null, ...change };
}

it('only what the index says otherwise is written, and what it does not know is left as it was', async () => {
  const made = bench([stored('CVE-1'), stored('CVE-2'), stored('CVE-3')], {
    'CVE-1': { epss: EPSS },
    'CVE-2': { epss: { ...EPSS, probability: 0.9 } },
  });

  expect(await made.run()).toMatchObject({ scored: 1 });
  expect(made.saved).toEqual([stored('CVE-2', { epss: { ...EPSS, probability: 0.9 } })]);
});

it('a source that has no EPSS today takes none away', async () => {
  const made = bench([stored('CVE-1')], { 'CVE-1': {} });

  await made.run();

  expect(made.saved).toEqual([]);
});

it('whoever enters or leaves the catalogue of exploited flaws is matched anew, since its severity may change', async () => {
  const kev = { dateAdded: '2026-11-19', dueDate: '2026-12-10', ransomware: false, name: 'Flaw', action: 'Update.' };
  const made = bench([stored('CVE-1'), stored('CVE-2', { kev }), stored('CVE-3', { kev })], {
    'CVE-1': { epss: EPSS, kev },
    'CVE-2': { epss: EPSS },
    'CVE-3': { epss: EPSS, kev },
  });

  await made.run();

  expect(made.asked).toEqual(['CVE-1', 'CVE-2']);
  expect(made.saved).toEqual([]);
});
