import { describe, expect, it } from 'vitest';
import { parseActivityQuery, toActivityFilter } from './activity-query.ts';

const NOTHING = {
  who: [],
  notWho: [],
  actions: [],
  notActions: [],
  objects: [],
  accounts: [],
  kinds: [],
  notKinds: [],
  requests: [],
  from: null,
  to: null,
};

describe('the bar of activity', () => {
  it.each([
    ['', {}],
    ['who:ines,mara -kind:scan', { who: ['ines', 'mara'], notKinds: ['scan'] }],
    ['WHO:"Ines Kovar" etl-worker-08', { who: ['Ines Kovar'], objects: ['etl-worker-08'] }],
    ['-action:scan-started account:111122223333', { notActions: ['scan-started'], accounts: ['111122223333'] }],
    ['from:2026-11-23 to:2026-11-24', { from: new Date('2026-11-23T00:00:00Z'), to: new Date('2026-11-25T00:00:00Z') }],
    ['"a:b"', { objects: ['a:b'] }],
    ['request:018f-1', { requests: ['018f-1'] }],
    ['-', { objects: ['-'] }],
  ])('%s', (text, filter) => {
    const terms = parseActivityQuery(text);

    expect(terms.flatMap(({ error }) => error ?? [])).toEqual([]);
    expect(toActivityFilter(terms)).toEqual({ ...NOTHING, ...filter });
  });

  it.each([
    ['what:x', 'There is no key "what".'],
    ['who:', 'Say which who.'],
    ['kind:nonsense', 'There is no kind "nonsense".'],
    ['from:yesterday', '"yesterday" is no day.'],
    ['to:2026-02-30', '"2026-02-30" is no day.'],
    ['from:2026-11-23,2026-11-24', 'One day alone.'],
    ['-account:111122223333', 'account cannot be excluded.'],
  ])('%s is marked and restricts nothing', (text, sentence) => {
    const terms = parseActivityQuery(`${text} who:ines`);

    expect(terms[0]?.error).toContain(sentence);
    expect(toActivityFilter(terms)).toEqual({ ...NOTHING, who: ['ines'] });
  });

  it('reads any length of anything', () => {
    expect(parseActivityQuery('who:\u202e<script> '.repeat(10_000)).length).toBeLessThanOrEqual(30);
  });
});
