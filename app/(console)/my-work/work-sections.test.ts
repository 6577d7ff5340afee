import { describe, expect, it } from 'vitest';
import { parseQuery } from '@/lib/core/findings/query/parse-query.ts';
import type { OwnWork } from '@/lib/operations/duty/get-my-work.ts';
import { holdersOf, queryOf, quoted, sectionOf, sectionsOf, WORK_SECTIONS } from './work-sections.ts';

const NOW = new Date('2026-11-26T12:00:00Z');
const at = (text: string | null, paused = false) => ({ dueAt: text === null ? null : new Date(text), paused });

describe('when work is due', () => {
  it.each([
    ['2026-11-26T11:59:59Z', 'past'],
    ['2026-11-26T12:00:00Z', 'today'],
    ['2026-11-26T23:59:59Z', 'today'],
    ['2026-11-27T00:00:00Z', 'week'],
    ['2026-12-03T11:59:59Z', 'week'],
    ['2026-12-03T12:00:00Z', 'later'],
    [null, 'later'],
  ])('%s is %s', (due, section) => {
    expect(sectionOf(at(due), NOW)).toBe(section);
  });

  it('a clock that stands still asks for nothing now', () => {
    expect(sectionOf(at('2026-11-01T00:00:00Z', true), NOW)).toBe('later');
  });

  it('shows the stretches that have work, each counted once', () => {
    const many = (count: number) => ({ count, exact: true });
    const work = {
      rows: [{ id: 'a', ...at('2026-11-26T13:00:00Z') }],
      overdue: many(0),
      dueToday: many(1),
      dueIn7Days: many(4),
      later: many(0),
    } as unknown as OwnWork;

    expect(sectionsOf(work, NOW).map(({ name, total, rows }) => [name, total.count, rows.length])).toEqual([
      ['today', 1, 1],
      ['week', 3, 0],
    ]);
  });
});

describe('links of work', () => {
  it.each(['payments', 'a "b" \\ c', '\u202e<script>alert(1)</script>', 'x'.repeat(200)])(
    'team %s reads as one value',
    (team) => {
      const query = holdersOf([team])[1]?.query ?? '';
      const { errors, query: read } = parseQuery(query);

      expect(errors).toEqual([]);
      expect(read.terms).toMatchObject([{ field: 'team', values: [{ text: team }] }]);
      expect(quoted(team)).toMatch(/^".*"$/s);
    },
  );

  it('every stretch is a query without a fault', () => {
    for (const name of WORK_SECTIONS) {
      expect(parseQuery(`owner:me ${queryOf(name, NOW)}`).errors).toEqual([]);
    }
  });
});
