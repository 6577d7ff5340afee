import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { expectLedger } from '../../testing/fixture-ledger.ts';
import { textBeside } from '../../testing/shared-data.ts';
import { bunLock, parseBunLock } from './bun-lock.ts';
import { parseBunLockb } from './bun-lockb.ts';
import { withoutComments } from './jsonc.ts';

/** What bun 1.1.45 wrote for gensync@1.0.0-beta.2, an alias of is-number@7.0.0 and a folder. */
const BINARY = [
  'eNpTVtQvLS7ST8rM00/NK1NIKs3jAmLdnPzk7LTMnFTdtPyi3MQS3TIDLiYGBoZKcanSiuec8vfWfz6zcjHHDKmiST9PHDnowJwzw8Zbc1v5Cz',
  'YGMGCBUAwcaHQDlC6BKWBILCgA0xpAzAlUkJOaVgLip6fmFVfmJTPMyw4I+l7xRVtL3+PPj2iRT5KeFV6LVdp8E6T8zeeEcZ9lZKAMMEFpQyC2',
  'AtrPTqJ+mEdg7ibX/mwgtgXaj+6fpNSSRD0jBobOuYofX3z1dMBmBjMUM2ChCcv/4/9HaSCiA0YQgpiLbDTL44BFdR5W1Uc+TdWK3WoVpxustV',
  'fBJdzk7ZbqIy52P66/Sk8/wLvf1+TBEe/HJVw2ll5fD643m9ebmhbCFnYstqdwHpK5TDRyL3K4sdwTrjZdrZL0mVmXzfIZ57U7V+xmvmZhfBW8',
  'KsIuxO3xe5tXAgdCzWTuSLbJrYiy9wszfvlESfRUqexpppT3y6VY9pyjdriS57VBZ8MOaKY5A6W5bIqLkvUy84pLEnNy9GBFj15IUWqqnYKRgU',
  'JxZlVqfpqOgolCYk5mel5+Ghc05f6HAFh6/gE1j4UVZm6psZEdUBsOAxih+c8Aqt6GCH3MUD0gvQVQ9fvg+qKNzGJLLYCONoPrNUS1E1auwcov',
  'JnDw8SCVfLASjomFB1om5pXmJqUWMTAcFEqZkbdB5xIToyhQRhgowwEtb2E0akgWp+aWpRbpuVaUpBblJeYElxRl5qXbKRgiHGcBd5wF1IQHcJ',
  'NA/jDE5Q0GQz0DPQNdSOkEii0rkPPzCnKtMot1Ie51MAcpgXMzSkoKiq309YtS0zOLS4oq9YCKs4r18ovS9eFq9HURbF2wdr2S9Co8OqGhCdQH',
  'ZekiuwukmWGQAgBtSiKK',
].join('');

const binary = (): Uint8Array => new Uint8Array(inflateSync(Buffer.from(BINARY, 'base64')));

describe('bun.lock', () => {
  it.each([
    ['{"a": [1, 2,], // x\n"b": "// no, comment",}', { a: [1, 2], b: '// no, comment' }],
    ['/* {, */{"a":/**/1 , /* x */ }', { a: 1 }],
    [String.raw`{"a":"\\\",}"}`, { a: String.raw`\",}` }],
    ['[1,[2,],]', [1, [2]]],
  ])('is JSON with comments and trailing commas: %s', (text, expected) => {
    expect(JSON.parse(withoutComments(text))).toEqual(expected);
  });

  it('names the package behind an alias, and leaves out what is no package of a registry', () => {
    const result = parseBunLock(
      '{"lockfileVersion":1,"packages":{"x":["@s/real@1.0.0","",{},"sha"],"w":["w@workspace:w"],"g":["g@github:a/g#1",{},"z"],"t":["t@t.tgz",{}],},}',
      'bun.lock',
    );

    expect(result.packages.map(({ purl }) => purl)).toEqual(['pkg:npm/%40s/real@1.0.0']);
    expect(result.diagnostics.map(({ level }) => level)).toEqual(['info', 'info']);
    expect(result.complete).toBe(true);
  });

  it.each([
    '',
    'null',
    '{"packages":[]}',
    '{"lockfileVersion":"x"}',
    '{"packages":{"a":1}}',
    '{"packages":{"a":[]}}',
    '{"a":"',
  ])('that is damaged is not complete: %s', (text) => {
    expect(parseBunLock(text, 'bun.lock')).toMatchObject({ packages: [], complete: false });
  });

  it('published as a fixture gives what the ledger says', async (ctx) => {
    await expectLedger(ctx, bunLock, textBeside(import.meta.url, './ledgers/bun-lock.txt'));
  });
});

describe('bun.lockb', () => {
  it('names what bun resolved, aliases by their package', () => {
    const result = parseBunLockb(binary(), 'bun.lockb');

    expect(result.packages.map(({ name, version }) => `${name}@${version}`)).toEqual([
      'is-number@7.0.0',
      'gensync@1.0.0-beta.2',
    ]);
    expect(result.diagnostics.map(({ message }) => message)).toEqual([
      'Left out: 1 folders of the project, such as "left".',
    ]);
    expect(result.complete).toBe(true);
  });

  it('of another format says how it can be read', () => {
    const bytes = binary();
    bytes[42] = 3;

    expect(parseBunLockb(bytes, 'bun.lockb').diagnostics[0]?.message).toMatch(/format 3.*--save-text-lockfile/);
  });

  it('cut off anywhere is refused, and damaged anywhere never throws', () => {
    const whole = binary();
    for (let end = 0; end < 1700; end += 7) {
      expect(parseBunLockb(whole.slice(0, end), 'bun.lockb').complete, String(end)).toBe(false);
    }
    for (let at = 0; at < whole.length; at += 1) {
      const bytes = whole.slice();
      bytes[at] = 0xff;
      expect(parseBunLockb(bytes, 'bun.lockb').packages.length).toBeLessThanOrEqual(4);
    }
  });
});
