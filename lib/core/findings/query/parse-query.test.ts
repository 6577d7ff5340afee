import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyQuery, awkwardText } from '../../../testing/query-arbitraries.ts';
import { formatQuery } from './format-query.ts';
import { CHIP_VALUES_MAX, parseQuery, QUERY_CHARACTERS_MAX, QUERY_CHIPS_MAX } from './parse-query.ts';

function errorsOf(text: string) {
  return parseQuery(text).errors.map(({ start, end, error }) => [text.slice(start, end), error]);
}

describe('a wrong chip', () => {
  it.each([
    ['severity:awful', 'Severity takes critical, high, medium, low, informational or untriaged.'],
    ['severity:', 'Severity takes a value, such as severity:critical.'],
    ['severity:high*', 'Severity takes critical, high, medium, low, informational or untriaged.'],
    ['score:high', 'Score takes a number from 0 to 10, such as >=9 or a range.'],
    ['score:>=70', 'Score takes a number from 0 to 10, such as >=9 or a range.'],
    ['score:50%', 'Score takes a number from 0 to 10, such as >=9 or a range.'],
    ['score:9..7', '9..7 begins above its end; write the smaller number first.'],
    ['port:22.5', 'Port takes a whole number from 0 to 65535, such as 22 or a range.'],
    ['colour:red', 'There is no key "colour". Put it in quotes to search for it as text.'],
    ['sevrity:high', 'There is no key "sevrity". Did you mean severity:? Put it in quotes to search for it as text.'],
    ['sha256:aa', 'There is no key "sha256". Put it in quotes to search for it as text.'],
    [
      'first:tomorrow',
      'First takes a date such as 2026-11-01, a range 2026-11-01..2026-11-24 or an age such as <7d or >24h.',
    ],
    ['first:2026-02-30', '2026-02-30 is no day from 1970 on.'],
    ['first:2026-02-03T25:00Z', '2026-02-03T25:00Z is no time from 1970 on.'],
    ['first:2026-11-24..2026-11-01', '2026-11-24..2026-11-01 begins after its end; write the smaller one first.'],
    ['first:2026-11-24..7d', '2026-11-24..7d mixes a date with an age; write two of one kind.'],
    ['package:a*b', 'A star stands only at the end of a value; put the value in quotes to mean the sign itself.'],
    [
      'package:a;b',
      'Several facts of one package are written name=…;version=…; the facts are name, version, release, arch, layer, lambda-layer, path or epoch.',
    ],
    [
      'package:colour=red',
      'A package has no fact "colour"; the facts are name, version, release, arch, layer, lambda-layer, path or epoch.',
    ],
    ['package:name=a;name=b', 'Name stands twice; separate two packages by a comma.'],
    ['package:epoch=x', 'Epoch takes a number from 0 to 2147483647, such as >=1 or a range.'],
    ['tag.:x', 'A tag has a key of 1 to 128 characters, such as tag.Team:payments.'],
    ['tag.Team:', 'A tag takes a value; * means any, and "" means the empty one.'],
    ['owner:""', 'Owner takes a value; owner:* means any.'],
    ['package:"never closed', 'A quote is open; add " at its end.'],
    ['-', '- excludes what follows it; write it right before a key or word.'],
    ['""', 'There is nothing to search for here.'],
    ['-is:any', 'Is:any holds for everything and cannot be excluded; take it out.'],
  ])('%s says: %s', (chip, error) => {
    expect(errorsOf(chip)).toEqual([[chip, error]]);
  });

  it('is marked alone, and the others hold', () => {
    const text = '  is:open score:high  log4j';

    expect(errorsOf(text).map(([chip]) => chip)).toEqual(['score:high']);
    expect(formatQuery(parseQuery(text).query)).toBe('is:open log4j');
  });

  it('that is being typed forgives a comma at its end', () => {
    expect(formatQuery(parseQuery('severity:high,').query)).toBe('severity:high');
  });
});

describe('signs of the language', () => {
  it.each([
    ['package:"a b",c', 'package:"a b",c'],
    ['"is:open"', '"is:open"'],
    ['is":"open', '"is:open"'],
    [String.raw`"say \"no\" to C:\\x"`, String.raw`"say \"no\" to C:\\x"`],
    [String.raw`file:C:\src`, String.raw`file:C:\src`],
    ['title:"a*"', 'title:"a*"'],
    ['title:"a"*', 'title:a*'],
    ['-"-x"', '-"-x"'],
    ['owner:me,"me"', 'owner:me,"me"'],
    ['cve:"2021-44228"', 'cve:"2021-44228"'],
    ['first:7d..7d', 'first:7d..7d'],
    ['log4j*', 'log4j'],
    ['10.0.0.1:443', '"10.0.0.1:443"'],
  ])('%s reads as %s', (text, spelled) => {
    const { query, errors } = parseQuery(text);
    expect(errors).toEqual([]);
    expect(formatQuery(query)).toBe(spelled);
  });

  it('the spelling of any query means that query', () => {
    fc.assert(
      fc.property(anyQuery(), (query) => {
        const parsed = parseQuery(formatQuery(query));
        expect(parsed.errors).toEqual([]);
        expect(parsed.query).toEqual(query);
      }),
      { numRuns: 2000 },
    );
  });

  it('whatever is typed parses, and its spelling means the same', () => {
    const key = fc.constantFrom('is', 'score', 'first', 'package', 'tag', 'tag.Env', 'owner', 'cve', 'port', 'xyz');
    const chip = fc
      .tuple(fc.constantFrom('', '-'), key, awkwardText)
      .map(([sign, name, value]) => `${sign}${name}:${value}`);
    const typed = fc.array(fc.oneof(chip, awkwardText, fc.string()), { maxLength: 6 }).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(typed, (text) => {
        const { query, chips, errors } = parseQuery(text);
        expect(query.terms.length + errors.length).toBe(chips.length);
        expect(chips.every(({ start, end }, index) => start < end && start >= (chips[index - 1]?.end ?? 0))).toBe(true);
        expect(parseQuery(formatQuery(query)).query).toEqual(query);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('bounds', () => {
  it('more chips than may be are said, not dropped in silence', () => {
    const { query, errors } = parseQuery('a '.repeat(QUERY_CHIPS_MAX + 5));

    expect(query.terms).toHaveLength(QUERY_CHIPS_MAX);
    expect(errors).toEqual([
      expect.objectContaining({ error: 'A query has at most 100 parts and 20000 characters; shorten it.' }),
    ]);
  });

  it('a chip that the limit would cut through is not read', () => {
    const text = `is:open account:${'1'.repeat(QUERY_CHARACTERS_MAX)}`;

    expect(formatQuery(parseQuery(text).query)).toBe('is:open');
    expect(errorsOf(text)).toHaveLength(1);
  });

  it('a query of exactly the limit is read', () => {
    const text = 'ab '
      .repeat(80)
      .padEnd(QUERY_CHARACTERS_MAX - 3, ' ')
      .concat('end');

    expect(parseQuery(text).errors).toEqual([]);
  });

  it('a list of as many values as may be is read, one more is refused', () => {
    const list = (count: number) => parseQuery(`account:${Array.from({ length: count }, (_, n) => n).join(',')}`);

    expect(list(CHIP_VALUES_MAX).errors).toEqual([]);
    expect(list(CHIP_VALUES_MAX + 1).errors).toHaveLength(1);
  });

  it.each([
    '"',
    '\\"',
    '"a',
    ',',
    ':',
    '*',
    '..',
    'tag.',
    'a=',
    'package:a;',
    'first:1d..',
    '-',
    ' ',
    '1e',
    '>=',
    '"\\',
  ])('a text full of %s costs as little as another of its length', (sign) => {
    const text = sign.repeat(QUERY_CHARACTERS_MAX / sign.length);
    const started = performance.now();
    for (let round = 0; round < 20; round += 1) {
      parseQuery(text);
    }
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
