import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awkwardText } from '../../../testing/query-arbitraries.ts';
import { completeQuery, type EstateValues } from './complete-query.ts';
import { parseQuery } from './parse-query.ts';
import { QUERY_FIELDS, QUERY_KEYS } from './query-fields.ts';

const ESTATE: EstateValues = {
  accounts: [
    { value: '111122223333', label: 'Payments', count: 12 },
    { value: '444455556666', label: 'Edge' },
  ],
  teams: [{ value: 'payments' }, { value: 'data and tools' }],
  'tag-keys': [{ value: 'Env' }, { value: 'Cost Center' }],
  packages: Array.from({ length: 500 }, (_, n) => ({ value: `package-${n}` })),
};

/** The text with its caret at `|`, and what is offered there. */
function offered(marked: string) {
  const caret = marked.indexOf('|');
  const text = marked.replace('|', '');
  const { start, end, items, ...rest } = completeQuery(text, caret, ESTATE);
  return { ...rest, replaces: text.slice(start, end), inserts: items.map(({ insert }) => insert) };
}

describe('at the caret', () => {
  it.each([
    ['sev|', 'sev', ['severity:']],
    ['-sev|', 'sev', ['severity:']],
    ['is:open |', '', QUERY_KEYS.slice(0, 12).map((key) => `${key}:`)],
    ['crit|', 'crit', ['severity:critical']],
    ['acct|', 'acct', ['account:']],
    ['seve|rity:high', 'severity:', ['severity:']],
    ['tag.c|', 'tag.c', ['tag."Cost Center":']],
    ['severity:|', '', ['critical', 'high', 'medium', 'low', 'informational', 'untriaged']],
    ['severity:h|', 'h', ['high']],
    ['severity:critical,h|', 'h', ['high']],
    ['severity:critical,|', '', ['high', 'medium', 'low', 'informational', 'untriaged']],
    ['severity:cr|,high is:open', 'cr', ['critical']],
    ['account:|', '', ['111122223333', '444455556666']],
    ['account:edg|', 'edg', ['444455556666']],
    ['team:da|', 'da', ['"data and tools"']],
    ['team:"data a|', '"data a', ['"data and tools"']],
    ['team:|', '', ['none', 'payments', '"data and tools"']],
    ['owner:|', '', ['me', 'none']],
    ['tag:|', '', ['Env=', '"Cost Center"=']],
    ['epss:|', '', ['>=0.5', '>=10%']],
    ['region:|', '', ['eu-central-1']],
    ['colour:r|', 'r', []],
    ['"is:o|', '"is:o', []],
  ])('%s', (text, replaces, inserts) => {
    expect(offered(text)).toMatchObject({ replaces, inserts });
  });

  it('counts and names come along', () => {
    expect(completeQuery('account:1', 9, ESTATE).items).toEqual([
      { insert: '111122223333', description: 'Payments', count: 12 },
    ]);
  });

  it('says where more values come from, and offers a few only', () => {
    const { source, field, items } = completeQuery('package:p', 9, ESTATE);

    expect({ source, field }).toEqual({ source: 'packages', field: 'package' });
    expect(items).toHaveLength(12);
  });

  it('no caret in any text breaks it, and it replaces a stretch of the text', () => {
    fc.assert(
      fc.property(fc.array(awkwardText, { maxLength: 5 }), fc.nat(60), (parts, caret) => {
        const text = parts.join(' ');
        const { start, end } = completeQuery(text, caret, ESTATE);
        expect(start <= end && end <= text.length).toBe(true);
      }),
    );
  });
});

describe('the table of fields', () => {
  it('every word and example of a key is right for that key', () => {
    for (const key of QUERY_KEYS) {
      for (const value of [...Object.keys(QUERY_FIELDS[key].words), ...QUERY_FIELDS[key].examples]) {
        expect(parseQuery(`${key}:${value}`).errors, `${key}:${value}`).toEqual([]);
      }
    }
  });

  it('no key or alias stands for two fields', () => {
    const names = QUERY_KEYS.flatMap((key) => [key, ...QUERY_FIELDS[key].aliases]);

    expect(new Set(names).size).toBe(names.length);
  });
});
