import { ecosystemOfOsv } from '../core/ecosystems/registry.ts';
import type { AdvisoryIndex } from '../core/ports/advisory-index.ts';
import { matchQuery } from '../core/scan/package/query.ts';
import { boundaryVersions } from './boundary-versions.ts';
import { isAffected } from './osv-evaluation.ts';
import { type PublishedEcosystem, type PublishedPackage, publishedPackages } from './published-packages.ts';
import { createRandom } from './random.ts';

/** Versions that are asked about one package; the kernel alone would otherwise be half of all questions. */
export const VERSIONS_MAX = 60;
const SEED = 20_261_124;

/** How the engine's answers at the boundaries of one ecosystem's records compare with the schema's evaluation. */
export interface Boundaries {
  readonly ecosystem: string;
  readonly records: number;
  readonly packages: number;
  readonly commitsAlone: number;
  readonly saysNothing: number;
  rows: number;
  right: number;
  wrong: number;
  undecidable: number;
  /** Why rows were undecidable, each with what it was about left out. */
  readonly reasons: Map<string, UndecidableReason>;
  readonly examples: string[];
}

export interface UndecidableReason {
  rows: number;
  /** What the reason was about, such as the text that is no version. */
  readonly texts: Set<string>;
  /** One row, in words. */
  readonly example: string;
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
  return boundariesIn(await publishedPackages(from, ecosystem), ecosystem, index, every);
}

/** The same of an ecosystem that was read before. */
export function boundariesIn(
  { records, packages, commitsAlone, saysNothing }: PublishedEcosystem,
  ecosystem: string,
  index: AdvisoryIndex,
  every = 1,
): Boundaries {
  const counted: Boundaries = {
    ecosystem,
    records,
    packages: packages.length,
    commitsAlone,
    saysNothing,
    rows: 0,
    right: 0,
    wrong: 0,
    undecidable: 0,
    reasons: new Map(),
    examples: [],
  };
  const random = createRandom(SEED);
  for (const [place, group] of packages.entries()) {
    if (place % every === 0) {
      ask(group, index, random, counted);
    }
  }
  return counted;
}

function ask(group: PublishedPackage, index: AdvisoryIndex, random: () => number, counted: Boundaries): void {
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
    const row = `${group.ecosystem} ${group.name} ${version}`;
    counted.rows += 1;
    if ('undecidable' in answer) {
      const isFair =
        (isOpen || scheme.parse(version) === null) && (expected.length === 0 || scheme.parse(version) === null);
      counted[isFair ? 'undecidable' : 'wrong'] += 1;
      note(counted, isFair, `${row}: ${answer.undecidable}, expected ${expected.join(' ')}`);
      if (isFair) {
        countReason(counted, answer.undecidable, row);
      }
    } else {
      const isRight = JSON.stringify(answer.ids) === JSON.stringify(expected);
      counted[isRight ? 'right' : 'wrong'] += 1;
      note(counted, isRight, `${row}: ${answer.ids.join(' ')}, expected ${expected.join(' ')}`);
    }
  }
}

function countReason({ reasons }: Boundaries, answer: string, row: string): void {
  const [, record, text, rest = ''] = /^(?:(\S+): )?(?:"(.*)" )?(.+)$/.exec(answer) ?? [];
  const scheme = / is not an? (.+) version$/.exec(` ${rest}`)?.[1];
  const what = rest.startsWith('in the record') ? 'a bound of the record' : 'the version asked for';
  const kind = scheme === undefined ? rest : `${what} is no ${scheme} version`;
  const reason = reasons.get(kind) ?? { rows: 0, texts: new Set(), example: `${row} (${answer})` };
  reasons.set(kind, reason);
  reason.rows += 1;
  reason.texts.add(text ?? record ?? '');
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
