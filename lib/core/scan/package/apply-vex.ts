import type { AdvisoryRecord } from '../../model/advisory.ts';
import type { Package } from '../../model/package.ts';
import type { VexStatement } from '../../model/vex.ts';
import type { Match, Subject } from './match.ts';
import type { VexBook } from './vex-book.ts';

/** A match that a supplier's word ended. */
export interface Overruled {
  readonly vulnerability: string;
  readonly pkg: Package;
  readonly statement: VexStatement;
}

export interface VexOutcome {
  readonly matches: readonly Match[];
  readonly overruled: readonly Overruled[];
}

/** Takes away the packages of which a supplier says that a vulnerability is not, or no longer, in them. */
export function applyVex(matches: readonly Match[], book: VexBook): VexOutcome {
  const kept: Match[] = [];
  const overruled = new Map<string, Overruled>();
  // One vulnerability in one subject may be told by several records: the packages left over must be one subject again.
  const subjects = new Map<Subject, Map<string, Subject | null>>();
  for (const match of matches) {
    const { vulnerability, subject, record } = match;
    const known = subjects.get(subject) ?? new Map<string, Subject | null>();
    subjects.set(subject, known);
    let left = known.get(vulnerability);
    if (left === undefined) {
      left = leftOf(match, namesOf(vulnerability, record), book, overruled);
      known.set(vulnerability, left);
    }
    if (left !== null) {
      kept.push(left === subject ? match : { ...match, subject: left });
    }
  }
  return { matches: kept, overruled: [...overruled.values()] };
}

function leftOf(
  { vulnerability, subject }: Match,
  names: readonly string[],
  book: VexBook,
  overruled: Map<string, Overruled>,
): Subject | null {
  const packages = subject.packages.filter((pkg) => {
    const statement = book.statementOf(names, pkg.purl);
    const isEnded = statement?.status === 'not_affected' || statement?.status === 'fixed';
    if (statement !== null && isEnded) {
      overruled.set(`${vulnerability} ${pkg.purl}`, { vulnerability, pkg, statement });
    }
    return !isEnded;
  });
  if (packages.length === subject.packages.length) {
    return subject;
  }
  return packages.length === 0 ? null : { ...subject, packages };
}

/** The names of a notice that bundles flaws are not names of each of them. */
function namesOf(vulnerability: string, { id, aliases, upstream }: AdvisoryRecord): readonly string[] {
  return upstream.length > 1 ? [vulnerability] : [...new Set([vulnerability, id, ...aliases])];
}
