import { createHash } from 'node:crypto';
import { entriesByKey, recordsByName, statementsBy } from '../core/advisories/entries-by-key.ts';
import type { Advisory } from '../core/model/advisory.ts';
import type { AdvisoryIndex, EcosystemStatus, VulnerabilitySignals } from '../core/ports/advisory-index.ts';
import { sampleAdvisories, sampleVulnerability } from './advisories.ts';
import { SAMPLE_EPSS_DATE, SAMPLE_VULNERABILITIES } from './vulnerabilities.ts';

/** The sample's advisory set as it stood in a wave. It counts as synced at that wave's time, since it comes with the program. */
export function openSampleIndex(wave: number, at: Date): AdvisoryIndex {
  const advisories = sampleAdvisories(wave);
  const byKey = entriesByKey(advisories);
  const revision = `sample-${createHash('sha256')
    .update(JSON.stringify([advisories, SAMPLE_VULNERABILITIES]))
    .digest('hex')
    .slice(0, 16)}`;
  return {
    revision: () => revision,
    find: (keys) => new Map([...keys].flatMap((key) => entryOf(key, byKey.get(key)))),
    named: recordsByName(advisories),
    statements: statementsBy(byKey),
    signals: (ids) => new Map(ids.flatMap((id) => entryOf(id, signalsOf(id)))),
    ecosystems: () => statusesOf(advisories, at),
    close: () => {},
  };
}

function entryOf<Key, Value>(key: Key, value: Value | null | undefined): readonly (readonly [Key, Value])[] {
  return value === null || value === undefined ? [] : [[key, value]];
}

const known = new Set(SAMPLE_VULNERABILITIES.map((entry) => entry.id));

function signalsOf(id: string): VulnerabilitySignals | null {
  if (!known.has(id)) return null;
  const flaw = sampleVulnerability(id);
  return {
    epss: flaw.epss && { probability: flaw.epss[0], percentile: flaw.epss[1], date: SAMPLE_EPSS_DATE },
    kev: flaw.kev && {
      ...flaw.kev,
      name: flaw.title,
      action: 'Apply the update of the publisher; where there is none, stop using the product.',
    },
    severities: flaw.cvss ? [{ type: 'CVSS_V3', value: flaw.cvss, source: 'nvd' }] : [],
  };
}

function statusesOf(advisories: readonly Advisory[], at: Date): readonly EcosystemStatus[] {
  const records = new Map<string, number>();
  for (const advisory of advisories) {
    for (const ecosystem of new Set(advisory.affected.map((affected) => affected.ecosystem))) {
      records.set(ecosystem, (records.get(ecosystem) ?? 0) + 1);
    }
  }
  // The set is whole at the time of the wave, so that time stands for its newest record; the records keep their own dates.
  return [...records]
    .map(([ecosystem, count]) => ({ ecosystem, records: count, newestRecord: at, syncedAt: at }))
    .sort((a, b) => (a.ecosystem < b.ecosystem ? -1 : 1));
}
