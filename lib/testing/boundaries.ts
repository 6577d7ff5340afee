import { join } from 'node:path';
import { ecosystemOfOsv } from '../core/ecosystems/registry.ts';
import { packageKey } from '../core/model/ids.ts';
import type { AdvisoryIndex } from '../core/ports/advisory-index.ts';
import { matchQuery } from '../core/scan/package/query.ts';
import { zipRecords } from '../feeds/zip-records.ts';
import { boundaryVersions } from './boundary-versions.ts';
import { isAffected, type RawAffected } from './osv-evaluation.ts';
import { createRandom } from './random.ts';

/** Versions that are asked about one package; the kernel alone would otherwise be half of all questions. */
export const VERSIONS_MAX = 60;
const SEED = 20_261_124;

/** How the engine's answers at the boundaries of one ecosystem's records compare with the schema's evaluation. */
export interface Boundaries {
  readonly ecosystem: string;
  readonly records: number;
  readonly packages: number;
  rows: number;
  right: number;
  wrong: number;
  undecidable: number;
  readonly examples: string[];
}

interface Published {
  readonly id: string;
  readonly withdrawn: boolean;
  readonly affected: readonly RawAffected[];
}

/**
 * Asks the index about every `every`-th package of an ecosystem in the mirror, at the versions where an answer may
 * change.
 */
export async function boundariesOf(
  from: string,
  ecosystem: string,
  index: AdvisoryIndex,
  every = 1,
): Promise<Boundaries> {
  const byPackage = new Map<string, { ecosystem: string; name: string; records: Map<string, Published> }>();
  let records = 0;
  for await (const { content } of zipRecords(join(from, 'osv', ecosystem, 'all.zip'))) {
    if (!(content instanceof Uint8Array)) {
      continue;
    }
    records += 1;
    const raw = JSON.parse(Buffer.from(content).toString('utf8')) as {
      id: string;
      withdrawn?: string;
      affected: RawAffected[];
    };
    for (const entry of raw.affected) {
      const named = entry.package;
      const known = named === undefined ? null : ecosystemOfOsv(named.ecosystem);
      if (named === undefined || known?.osvName !== ecosystem) {
        continue;
      }
      const key = packageKey(named.ecosystem, known.normalizeName(named.name));
      const group = byPackage.get(key) ?? { ecosystem: named.ecosystem, name: named.name, records: new Map() };
      byPackage.set(key, group);
      const sofar = group.records.get(raw.id);
      group.records.set(raw.id, {
        id: raw.id,
        withdrawn: raw.withdrawn !== undefined,
        affected: [...(sofar?.affected ?? []), entry],
      });
    }
  }
  const counted: Boundaries = {
    ecosystem,
    records,
    packages: byPackage.size,
    rows: 0,
    right: 0,
    wrong: 0,
    undecidable: 0,
    examples: [],
  };
  const random = createRandom(SEED);
  for (const [place, group] of [...byPackage.values()].entries()) {
    if (place % every === 0) {
      ask(group, index, random, counted);
    }
  }
  return counted;
}

function ask(
  group: { ecosystem: string; name: string; records: ReadonlyMap<string, Published> },
  index: AdvisoryIndex,
  random: () => number,
  counted: Boundaries,
): void {
  const scheme = ecosystemOfOsv(group.ecosystem)?.versions;
  if (scheme === undefined) {
    return;
  }
  const records = [...group.records.values()].filter(({ withdrawn, id }) => !withdrawn && !/\s/.test(id));
  const all = [
    ...new Set(records.flatMap(({ affected }) => affected.flatMap((entry) => boundaryVersions(entry, scheme.id)))),
  ];
  for (const version of sample(all, random)) {
    const verdicts = records.map((record) => ({
      id: record.id,
      verdicts: record.affected.map((entry) => isAffected(entry, version, scheme)),
    }));
    const expected = verdicts
      .filter((one) => one.verdicts.includes(true))
      .map(({ id }) => id)
      .sort();
    const isOpen = verdicts.some((one) => !one.verdicts.includes(true) && one.verdicts.includes(null));
    const answer = matchQuery({ ecosystem: group.ecosystem, name: group.name, version }, index);
    counted.rows += 1;
    if ('undecidable' in answer) {
      const isFair =
        (isOpen || scheme.parse(version) === null) && (expected.length === 0 || scheme.parse(version) === null);
      counted[isFair ? 'undecidable' : 'wrong'] += 1;
      note(
        counted,
        isFair,
        `${group.ecosystem} ${group.name} ${version}: ${answer.undecidable}, expected ${expected.join(' ')}`,
      );
    } else {
      const isRight = JSON.stringify(answer.ids) === JSON.stringify(expected);
      counted[isRight ? 'right' : 'wrong'] += 1;
      note(
        counted,
        isRight,
        `${group.ecosystem} ${group.name} ${version}: ${answer.ids.join(' ')}, expected ${expected.join(' ')}`,
      );
    }
  }
}

function note(counted: Boundaries, isFine: boolean, text: string): void {
  if (!isFine && counted.examples.length < 5) {
    counted.examples.push(text);
  }
}

function sample(versions: readonly string[], random: () => number): readonly string[] {
  if (versions.length <= VERSIONS_MAX) {
    return versions;
  }
  return Array.from({ length: VERSIONS_MAX }, () => versions[Math.floor(random() * versions.length)] ?? '');
}
