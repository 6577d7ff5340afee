import { describe, expect, it } from 'vitest';
import { textBeside } from '../../testing/shared-data.ts';
import { compareVersions } from './compare-versions.ts';
import { schemes } from './registry.ts';

const SIGNS = { '-1': '<', '0': '=', '1': '>' } as const;

describe.each(Object.values(schemes))('the ledger of $id', (scheme) => {
  const lines = textBeside(import.meta.url, `ledgers/${scheme.id}.txt`).split('\n');
  const truths = lines.filter((line) => line !== '' && !line.startsWith('#'));

  it.each(truths)('%s', (truth) => {
    const [a = '', sign, b = ''] = truth.split(' ');

    const there = compareVersions(scheme, a, b);
    const back = compareVersions(scheme, b, a);

    expect(there === null ? '?' : SIGNS[there]).toBe(sign);
    expect(back).toBe(there === 0 ? 0 : -(there ?? Number.NaN));
  });
});
