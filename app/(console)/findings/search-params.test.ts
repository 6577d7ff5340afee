import { describe, expect, it } from 'vitest';
import { parseFindingSearch } from './search-params.ts';
import { formatSort, parseSort } from './sorting.ts';
import { FINDING_VIEWS, queryValue } from './views.ts';

describe('the address of the findings page', () => {
  it('lists what is critical or high and open when it says nothing', () => {
    expect(parseFindingSearch({})).toMatchObject({
      query: 'is:open severity:critical,high',
      sort: 'score',
      descending: true,
      grouping: null,
      selected: null,
      tab: 'summary',
      chips: [
        { key: 'is', value: 'open', error: null },
        { key: 'severity', value: 'critical, high', error: null },
      ],
    });
  });

  it('marks the part that is wrong and goes on with the others', () => {
    const { chips, query } = parseFindingSearch({ q: 'is:open severity:bad log4j' });

    expect(query).toBe('is:open log4j');
    expect(chips.map(({ text, error }) => [text, error === null])).toEqual([
      ['is:open', true],
      ['severity:bad', false],
      ['log4j', true],
    ]);
  });

  it('takes the first of a key given twice, and nothing it does not know', () => {
    expect(parseFindingSearch({ q: ['is:fixed', 'is:open'], group: 'owner', tab: 'x', sort: 'x' })).toMatchObject({
      query: 'is:fixed',
      grouping: null,
      tab: 'summary',
      sort: 'score',
    });
  });

  it('orders groups by the worst unless they can be and are asked for by count', () => {
    expect(parseFindingSearch({ group: 'resource', sort: 'count' }).groupSort).toBe('count');
    expect(parseFindingSearch({ group: 'vulnerability', sort: 'count' }).groupSort).toBe('worst');
  });
});

describe('views', () => {
  it.each(FINDING_VIEWS)('$label can be read', ({ query }) => {
    expect(parseFindingSearch({ q: query }).chips.filter(({ error }) => error !== null)).toEqual([]);
  });

  it('the default stands for itself, and no query for everything', () => {
    expect(FINDING_VIEWS.map(({ query }) => queryValue(query))[0]).toBeNull();
    expect(queryValue('')).toBe('is:any');
  });
});

describe('sorts', () => {
  it.each(['-severity', 'due', '-due', 'first-seen', '-last-seen', 'score'])('%s is written as it is read', (text) => {
    const { sort, descending } = parseSort(text);

    expect(formatSort(sort, descending)).toBe(text);
  });
});
