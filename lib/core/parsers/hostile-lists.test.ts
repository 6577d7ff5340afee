import { describe, expect, it } from 'vitest';
import { mutated } from '../../testing/fuzz/mutate.ts';
import { PACKAGE_LIST_SAMPLES } from '../../testing/fuzz/package-list-samples.ts';
import { createRandom } from '../../testing/random.ts';
import { plainText } from './text-parser.ts';

const BROKEN = [
  '',
  ' ',
  '\0',
  'null',
  '[]',
  '{}',
  '0',
  '"x"',
  '{"__proto__":{"packages":[1]}}',
  '['.repeat(100_000),
  '{"a":'.repeat(100_000),
  '<a>'.repeat(100_000),
  '- '.repeat(100_000),
  '"'.repeat(100_001),
  '\n'.repeat(1_000_000),
  ' '.repeat(1_000_000),
  'a'.repeat(1_000_000),
  '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><packages><package id="&c;" version="1"/></packages>',
];

describe.each(PACKAGE_LIST_SAMPLES)('$name', ({ path, text, parse }) => {
  it('yields its one package, whatever its line ends and whether a byte order mark stands in front', () => {
    for (const variant of [text, `\uFEFF${text}`, text.replaceAll('\n', '\r\n')]) {
      const { packages, complete } = parse(plainText(variant), path);

      expect(packages).toHaveLength(1);
      expect(complete).toBe(true);
    }
  });

  it('is never an exception, and never without a word', () => {
    for (const broken of [...BROKEN, ...wrongTypes(text)]) {
      const { packages, diagnostics } = parse(broken, path);

      expect(packages.length + diagnostics.length + Number(isHeaderFormat(path))).toBeGreaterThan(0);
      expect(({} as Record<string, unknown>).packages).toBeUndefined();
    }
  });

  it('survives a file that was cut, repeated and mixed up', () => {
    const random = createRandom(1);
    for (let round = 0; round < 300; round += 1) {
      const broken = plainText(mutated(random, [text]));
      expect(() => parse(broken, path), JSON.stringify(broken)).not.toThrow();
    }
  });

  it('cut off at any place, it has fewer packages or the same', () => {
    for (let length = 0; length < text.length; length += 1) {
      expect(parse(text.slice(0, length), path).packages.length).toBeLessThanOrEqual(1);
    }
  });

  it('takes time in proportion to its length, whichever sign is repeated', { timeout: 60_000 }, () => {
    for (const sign of new Set(text)) {
      const started = performance.now();
      parse(
        text.replace(sign, () => sign.repeat(100_000)),
        path,
      );
      parse(
        text.replaceAll(sign, () => sign.repeat(1_000)),
        path,
      );

      expect({ sign, slow: performance.now() - started > 2_000 }).toEqual({ sign, slow: false });
    }
  });
});

const GROWING = PACKAGE_LIST_SAMPLES.flatMap(({ name, path, parse, grow }) =>
  grow === undefined ? [] : [{ name, path, parse, ...grow }],
);

describe.each(GROWING)('$name', ({ path, parse, head, entry, tail }) => {
  it('of many entries is read to its end', { timeout: 20_000 }, () => {
    const started = performance.now();
    const entries = Array.from({ length: 20_000 }, (_, n) => entry(n));
    const result = parse(`${head}${entries.join('')}${tail}`, path);

    expect(result.complete).toBe(true);
    expect(result.packages.length).toBeGreaterThanOrEqual(20_000);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

/** Most PHP files of a plugin have no header and nothing to say. */
function isHeaderFormat(path: string): boolean {
  return path.endsWith('/akismet.php');
}

/** The document once for each of its nodes and each wrong type, where it is JSON. */
function wrongTypes(text: string): readonly string[] {
  if (!/^[[{]"?/.test(text) || !isJson(text)) {
    return [];
  }
  const document: unknown = JSON.parse(text);
  return placesOf(document, []).flatMap((place) =>
    [null, 1, 'x', [], {}, [[]], true].map((wrong) => JSON.stringify(replaced(document, place, wrong))),
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // The sample is of another format.
    return false;
  }
}

function placesOf(value: unknown, place: readonly string[]): readonly (readonly string[])[] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [place, ...inner.flatMap(([key, child]) => placesOf(child, [...place, key]))];
}

function replaced(value: unknown, place: readonly string[], by: unknown): unknown {
  const [key, ...rest] = place;
  if (key === undefined) {
    return by;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => (String(index) === key ? replaced(item, rest, by) : item));
  }
  const entries = Object.entries(value as Record<string, unknown>);
  return Object.fromEntries(entries.map(([name, item]) => [name, name === key ? replaced(item, rest, by) : item]));
}
