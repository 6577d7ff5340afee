import { compareDigits, compareText } from './digits.ts';
import type { Order, VersionScheme } from './scheme.ts';
import { VERSION_LENGTH_MAX } from './scheme.ts';

export interface GemVersion {
  /** Runs of digits and runs of letters, without the zeros that change nothing. */
  readonly segments: readonly string[];
  /** True for text that old tools wrote and Gem::Version refuses, such as "1beta". */
  readonly isDoubtful: boolean;
}

/** Versions of RubyGems. Rules: Gem::Version of RubyGems; a segment of letters makes a pre-release. */
export const gem: VersionScheme<GemVersion> = {
  id: 'gem',
  parse,
  compare,
  isDoubtful: (version) => version.isDoubtful,
};

const STRICT = /^[0-9]+(?:\.|-|$)/;
const VERSION = /^[0-9]+[A-Za-z]*(?:\.[0-9A-Za-z]+)*(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;
const NUMBER = /^[0-9]/;
const ZERO = /^0+$/;

function parse(text: string): GemVersion | null {
  const version = text.length > VERSION_LENGTH_MAX ? '' : text.trim();
  if (!VERSION.test(version)) {
    return null;
  }
  const segments = version.replaceAll('-', '.pre.').match(/[0-9]+|[A-Za-z]+/g) ?? [];
  const firstWord = segments.findIndex((segment) => !NUMBER.test(segment));
  const split = firstWord === -1 ? segments.length : firstWord;
  return {
    segments: [...withoutZeros(segments.slice(0, split)), ...withoutZeros(segments.slice(split))],
    isDoubtful: !STRICT.test(version),
  };
}

function withoutZeros(segments: readonly string[]): readonly string[] {
  let end = segments.length;
  while (end > 0 && ZERO.test(segments[end - 1] ?? '')) {
    end -= 1;
  }
  return segments.slice(0, end);
}

function compare(a: GemVersion, b: GemVersion): Order {
  const length = Math.max(a.segments.length, b.segments.length);
  for (let index = 0; index < length; index += 1) {
    const order = compareSegments(a.segments[index] ?? '0', b.segments[index] ?? '0');
    if (order !== 0) {
      return order;
    }
  }
  return 0;
}

function compareSegments(a: string, b: string): Order {
  const aIsNumber = NUMBER.test(a);
  if (aIsNumber !== NUMBER.test(b)) {
    return aIsNumber ? 1 : -1;
  }
  return aIsNumber ? compareDigits(a, b) : compareText(a, b);
}
