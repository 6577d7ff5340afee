import { describe, expect, it } from 'vitest';
import type { ActionResult } from '@/lib/auth/action-result.ts';
import { firstPageInstead } from './first-page-instead.ts';

const refused = (code: 'invalid-input' | 'unexpected'): ActionResult<string> => ({
  ok: false,
  code,
  message: 'No.',
  fields: {},
});

describe('a page of a list', () => {
  it('is the first where the cursor is none', async () => {
    const answer = await firstPageInstead('zzz', async (cursor) =>
      cursor === null ? { ok: true, value: 'first' } : refused('invalid-input'),
    );

    expect(answer).toEqual({ result: { ok: true, value: 'first' }, isInstead: true });
  });

  it('stays failed where something else failed, and where it is the first already', async () => {
    const outage = await firstPageInstead('zzz', async () => refused('unexpected'));
    const first = await firstPageInstead(null, async () => refused('invalid-input'));

    expect([outage, first].map(({ result, isInstead }) => [result.ok, isInstead])).toEqual([
      [false, false],
      [false, false],
    ]);
  });
});
