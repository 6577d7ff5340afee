import { compareDigits, compareText } from './digits.ts';
import { compareLegacy, legacyKey } from './pep440-legacy.ts';
import type { Order, VersionScheme } from './scheme.ts';
import { VERSION_LENGTH_MAX } from './scheme.ts';

export interface Pep440Release {
  readonly kind: 'release';
  readonly epoch: string;
  /** Without trailing zeros, so that 1.0 equals 1.0.0. */
  readonly release: readonly string[];
  readonly pre: { readonly phase: 'a' | 'b' | 'rc'; readonly number: string } | null;
  readonly post: string | null;
  readonly dev: string | null;
  readonly local: readonly string[];
}

export interface Pep440Legacy {
  readonly kind: 'legacy';
  readonly key: readonly string[];
}

export type Pep440Version = Pep440Release | Pep440Legacy;

/**
 * Python versions by PEP 440. Old uploads carry text that the PEP does not admit; the tools of their time sorted it
 * before every real version, and so does this scheme, but it calls such text doubtful.
 */
export const pep440: VersionScheme<Pep440Version> = {
  id: 'pep440',
  parse,
  compare,
  isDoubtful: (version) => version.kind === 'legacy',
};

const RELEASE =
  /^v?(?:([0-9]+)!)?([0-9]+(?:\.[0-9]+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?([0-9]*))?(?:-([0-9]+)|[-_.]?(post|rev|r)[-_.]?([0-9]*))?(?:[-_.]?(dev)[-_.]?([0-9]*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/;
const PHASES: Readonly<Record<string, 'a' | 'b' | 'rc'>> = {
  a: 'a',
  alpha: 'a',
  b: 'b',
  beta: 'b',
  c: 'rc',
  rc: 'rc',
  pre: 'rc',
  preview: 'rc',
};

function parse(text: string): Pep440Version | null {
  if (text.length > VERSION_LENGTH_MAX) {
    return null;
  }
  const version = text.trim().toLowerCase();
  const match = RELEASE.exec(version);
  if (match === null) {
    const key = legacyKey(version);
    return key === null ? null : { kind: 'legacy', key };
  }
  const [, epoch = '0', release = '', phaseWord, preNumber, implicitPost, postWord, postNumber, devWord, devNumber] =
    match;
  const phase = phaseWord === undefined ? undefined : PHASES[phaseWord];
  return {
    kind: 'release',
    epoch,
    release: withoutTrailingZeros(release.split('.')),
    pre: phase === undefined ? null : { phase, number: preNumber || '0' },
    post: implicitPost ?? (postWord === undefined ? null : postNumber || '0'),
    dev: devWord === undefined ? null : devNumber || '0',
    local: match[10] === undefined ? [] : match[10].split(/[-_.]/),
  };
}

function withoutTrailingZeros(numbers: readonly string[]): readonly string[] {
  let end = numbers.length;
  while (end > 1 && /^0+$/.test(numbers[end - 1] ?? '')) {
    end -= 1;
  }
  return numbers.slice(0, end);
}

function compare(a: Pep440Version, b: Pep440Version): Order {
  if (a.kind === 'legacy' || b.kind === 'legacy') {
    return compareLegacy(a.kind === 'legacy' ? a.key : null, b.kind === 'legacy' ? b.key : null);
  }
  return (
    compareDigits(a.epoch, b.epoch) ||
    compareLists(a.release, b.release, compareDigits) ||
    comparePre(a, b) ||
    compareOptional(a.post, b.post, -1) ||
    compareOptional(a.dev, b.dev, 1) ||
    compareLists(a.local, b.local, compareLocal)
  );
}

/** 1.0.dev1 comes before 1.0a1, so a lone development release ranks below every pre-release; a final one above. */
function comparePre(a: Pep440Release, b: Pep440Release): Order {
  const left = preRank(a);
  const right = preRank(b);
  if (left !== right) {
    return left < right ? -1 : 1;
  }
  return a.pre !== null && b.pre !== null ? compareDigits(a.pre.number, b.pre.number) : 0;
}

function preRank(version: Pep440Release): number {
  if (version.pre !== null) {
    return { a: 1, b: 2, rc: 3 }[version.pre.phase];
  }
  return version.post === null && version.dev !== null ? 0 : 4;
}

/** `absent` says where a version without the part stands against one that has it. */
function compareOptional(a: string | null, b: string | null, absent: Order): Order {
  if (a === null && b === null) {
    return 0;
  }
  if (a === null) {
    return absent;
  }
  if (b === null) {
    return absent === 1 ? -1 : 1;
  }
  return compareDigits(a, b);
}

/** Numbers outrank words in a local version label. */
function compareLocal(a: string, b: string): Order {
  const aIsNumber = /^[0-9]+$/.test(a);
  const bIsNumber = /^[0-9]+$/.test(b);
  if (aIsNumber && bIsNumber) {
    return compareDigits(a, b);
  }
  if (aIsNumber !== bIsNumber) {
    return aIsNumber ? 1 : -1;
  }
  return compareText(a, b);
}

function compareLists(a: readonly string[], b: readonly string[], compareOne: (a: string, b: string) => Order): Order {
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) {
      return 1;
    }
    const order = compareOne(left, right);
    if (order !== 0) {
      return order;
    }
  }
  return a.length < b.length ? -1 : 0;
}
