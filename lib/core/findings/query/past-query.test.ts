import { expect, it } from 'vitest';
import { formatQuery } from './format-query.ts';
import { parseQuery } from './parse-query.ts';
import { pastQueryOf } from './past-query.ts';

it('asks of a past day what is known of it, and says what is not', () => {
  const { query } = parseQuery(
    'is:open,accepted is:overdue -severity:low score:>=7 cve:CVE-2021-44228 openssl owner:me fix:yes env:prod tag.Team:a',
  );
  const { timeless, thatDay, presentOnly } = pastQueryOf(query);

  expect(formatQuery(timeless)).toBe('cve:CVE-2021-44228 openssl env:prod');
  expect(formatQuery(thatDay)).toBe('is:open,accepted -severity:low score:>=7');
  expect(formatQuery(presentOnly)).toBe('is:overdue owner:me fix:yes tag.Team:a');
});

it('takes a state among others for the present only when one of them is', () => {
  const { thatDay, presentOnly } = pastQueryOf(parseQuery('is:open,overdue').query);

  expect(thatDay.terms).toEqual([]);
  expect(formatQuery(presentOnly)).toBe('is:open,overdue');
});
