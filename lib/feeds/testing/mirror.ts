import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipOf } from './zip-of.ts';

/** An OSV record about one package, for tests. */
export function osvRecord(id: string, ecosystem: string, name: string, more: Readonly<Record<string, unknown>> = {}) {
  const ranges = [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '2.0' }] }];
  return {
    id,
    modified: '2026-08-01T00:00:00Z',
    affected: [{ package: { ecosystem, name }, ranges }],
    ...more,
  };
}

/** Writes the zip of one ecosystem into a mirror, each record under its id. */
export function mirrorOsv(mirror: string, ecosystem: string, records: readonly { readonly id: string }[]): void {
  const files = Object.fromEntries(records.map((record) => [`${record.id}.json`, JSON.stringify(record)]));
  mirrorFile(mirror, `osv/${ecosystem}/all.zip`, zipOf(files));
}

/** Writes a catalogue with one exploited CVE and scores of two CVEs into a mirror. */
export function mirrorSignals(mirror: string): void {
  const entry = {
    cveID: 'CVE-2026-0001',
    vulnerabilityName: 'Example overflow',
    dateAdded: '2026-07-01',
    dueDate: '2026-07-22',
    requiredAction: 'Apply updates.',
    knownRansomwareCampaignUse: 'Known',
  };
  const catalogue = { dateReleased: '2026-08-07T00:00:00Z', vulnerabilities: [entry, { cveID: 'nonsense' }] };
  mirrorFile(mirror, 'kev/known_exploited_vulnerabilities.json', JSON.stringify(catalogue));
  const lines = [
    '#model_version:v2026.06.15,score_date:2026-08-15T12:02:44Z',
    'cve,epss,percentile',
    'CVE-2026-0001,0.5,0.97',
    'CVE-2026-0002,0.001,0.1',
    'CVE-2026-0003,7,0.1',
  ];
  mirrorFile(mirror, 'epss/epss_scores.csv.gz', gzipSync(`${lines.join('\n')}\n`));
}

export function mirrorFile(mirror: string, path: string, content: string | Uint8Array): void {
  const target = join(mirror, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
}
