import { ecosystemOfOsv } from '../lib/core/ecosystems/registry.ts';
import type { AdvisoryIndex } from '../lib/core/ports/advisory-index.ts';
import { matchQuery, type PackageQuery } from '../lib/core/scan/package/query.ts';
import { boundaryVersions } from '../lib/testing/boundary-versions.ts';
import { isAffected } from '../lib/testing/osv-evaluation.ts';
import type { PublishedPackage } from '../lib/testing/published-packages.ts';
import { createRandom, pick } from '../lib/testing/random.ts';
import { type Answers, askOsvScanner, questionKey } from './osv-scanner.ts';
import { causeOf, type Difference } from './osv-scanner-causes.ts';
import { type OtherOrder, otherOrders } from './osv-scanner-orders.ts';

const SEED = 20_261_124;
/** Packages that are asked of one ecosystem, spread over all of them. */
export const PACKAGES_MAX = 2_000;
/** Kernels have thousands of records, and the answer of osv-scanner repeats each of them in full. */
export const RECORDS_MAX = 400;
const OTHER_ORDER = 'It orders versions otherwise than the ecosystem does; the pairs stand below';

/** Differences of one cause, each one record for one package. */
export interface Explained {
  readonly cause: string;
  readonly count: number;
  readonly example: string;
}

export interface Comparison {
  readonly ecosystem: string;
  readonly packages: number;
  /** Packages for which both name the same records, or both none. */
  readonly same: number;
  readonly different: number;
  readonly explained: readonly Explained[];
  readonly orders: readonly OtherOrder[];
  readonly unexplained: readonly string[];
  /** Why osv-scanner cannot be asked about this ecosystem; null where it can. */
  readonly cannot: string | null;
}

interface Asked {
  readonly group: PublishedPackage;
  readonly question: PackageQuery;
}

/** Asks both about one boundary version of every package of an ecosystem, and says of every difference where it comes from. */
export function besideOsvScanner(
  mirror: string,
  ecosystem: string,
  packages: readonly PublishedPackage[],
  index: AdvisoryIndex,
  area: string,
): Comparison {
  const asked = chosen(packages);
  const questions = asked.map(({ question }) => question);
  const theirs = askOsvScanner(mirror, ecosystem, questions, area);
  if ('cannot' in theirs) {
    const nothing = { packages: 0, same: 0, different: 0, explained: [], orders: [], unexplained: [] };
    return { ecosystem, ...nothing, cannot: theirs.cannot };
  }
  const byName = Map.groupBy(packages, nameOf);
  const perPackage = asked.map((one) => differencesOf(one, byName.get(nameOf(one.group)) ?? [], theirs, index));
  const different = perPackage.filter((list) => list.length > 0).length;
  const explained = explanations(ecosystem, perPackage.flat(), area);
  return { ecosystem, packages: asked.length, same: asked.length - different, different, ...explained, cannot: null };
}

function chosen(packages: readonly PublishedPackage[]): readonly Asked[] {
  const random = createRandom(SEED);
  const few = packages.filter(({ records }) => records.size <= RECORDS_MAX);
  const step = Math.max(1, few.length / PACKAGES_MAX);
  return few.flatMap((group, place) => {
    const isTaken = Math.floor(place / step) !== Math.floor((place - 1) / step);
    const scheme = ecosystemOfOsv(group.ecosystem)?.versions.id;
    const records = [...group.records.values()].filter(({ withdrawn }) => !withdrawn);
    if (!isTaken || scheme === undefined || records.length === 0) {
      return [];
    }
    const versions = records.flatMap(({ affected }) => affected.flatMap((entry) => boundaryVersions(entry, scheme)));
    return [{ group, question: { ecosystem: group.ecosystem, name: group.name, version: pick(random, versions) } }];
  });
}

function differencesOf(
  { group, question }: Asked,
  siblings: readonly PublishedPackage[],
  theirs: Answers,
  index: AdvisoryIndex,
): readonly Difference[] {
  const scheme = ecosystemOfOsv(group.ecosystem)?.versions;
  const answer = matchQuery(question, index);
  const other = theirs.get(questionKey(question));
  if (scheme === undefined || other === undefined) {
    throw new Error(`osv-scanner left ${JSON.stringify(question)} out.`);
  }
  const own = 'ids' in answer ? answer.ids : [];
  const open = [...group.records.values()].filter(
    ({ id, affected, withdrawn }) =>
      !withdrawn && !own.includes(id) && affected.some((entry) => isAffected(entry, question.version, scheme) === null),
  );
  const undecided = 'undecidable' in answer && other.length === 0 ? [open[0]?.id ?? 'no record'] : [];
  const ids = [...new Set([...own, ...other])].filter((id) => own.includes(id) !== other.includes(id));
  return [...ids.sort(), ...undecided].map((record) => ({
    question,
    record,
    entries: group.records.get(record)?.affected ?? [],
    elsewhere: siblings
      .filter((one) => one.key !== group.key && !(one.ecosystem.includes(':') && group.ecosystem.includes(':')))
      .flatMap((one) => one.records.get(record)?.affected ?? []),
    ours: open.some(({ id }) => id === record) ? null : own.includes(record),
    theirs: other.includes(record),
    scheme,
  }));
}

/** A cause counts where it can be shown: a departure from the schema, or an order of versions that was asked for. */
function explanations(
  ecosystem: string,
  differences: readonly Difference[],
  area: string,
): Pick<Comparison, 'explained' | 'orders' | 'unexplained'> {
  const causes = new Map(differences.map((difference) => [difference, causeOf(difference)]));
  const open = differences.filter((difference) => causes.get(difference) === null);
  const orders = otherOrders(ecosystem, open, area);
  const byCause = Map.groupBy(differences, (difference) =>
    orders.get(difference)?.isHeld ? OTHER_ORDER : (causes.get(difference) ?? null),
  );
  const explained = [...byCause].flatMap(([cause, list]) => {
    const [first] = list;
    return cause === null || first === undefined ? [] : [{ cause, count: list.length, example: inWords(first) }];
  });
  const held = [...orders.values()].filter(({ isHeld }) => isHeld);
  return {
    explained: explained.sort((a, b) => b.count - a.count),
    orders: [...new Map(held.map((order) => [order.theirs, order])).values()],
    unexplained: (byCause.get(null) ?? []).map((difference) => {
      const order = orders.get(difference);
      const guess = order === undefined ? '' : ` (it orders ${order.theirs}, and no ledger holds ${order.ours})`;
      return `${inWords(difference)}${guess}`;
    }),
  };
}

/** Without ecosystem and release. */
function nameOf({ key, ecosystem }: PublishedPackage): string {
  return key.slice(ecosystem.length + 1);
}

function inWords({ question, record, ours, theirs }: Difference): string {
  const words = { true: 'affected', false: 'not affected', null: 'undecidable' } as const;
  return `${record} in ${question.ecosystem} ${question.name} ${question.version}: here ${words[`${ours}`]}, there ${words[`${theirs}`]}`;
}
