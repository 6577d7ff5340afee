import { describe, expect, it } from 'vitest';
import { expectLedger } from '../../testing/fixture-ledger.ts';
import { textBeside } from '../../testing/shared-data.ts';
import { denoLock, parseDenoLock } from './deno-lock.ts';

describe('deno.lock', () => {
  it.each([
    '{"version":"2","npm":{"specifiers":{"a":"a@1.0.0"},"packages":{"a@1.0.0":{}}}}',
    '{"version":"3","packages":{"specifiers":{},"npm":{"a@1.0.0":{}}}}',
    '{"version":"5","npm":{"a@1.0.0_b@2.0.0_@c+d@1.0.0":{}}}',
  ])('names packages of npm in every version: %s', (text) => {
    expect(parseDenoLock(text, 'deno.lock').packages.map(({ purl }) => purl)).toEqual(['pkg:npm/a@1.0.0']);
  });

  it.each(['', '[]', '{"npm":{"a":{}}}'])('that is damaged is not complete: %s', (text) => {
    expect(parseDenoLock(text, 'deno.lock')).toMatchObject({ packages: [], complete: false });
  });

  it('published as a fixture gives what the ledger says', async (ctx) => {
    await expectLedger(ctx, denoLock, textBeside(import.meta.url, './ledgers/deno-lock.txt'));
  });
});
