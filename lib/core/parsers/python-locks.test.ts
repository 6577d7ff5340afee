import { describe, expect, it } from 'vitest';
import { expectLedger } from '../../testing/fixture-ledger.ts';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { textBeside } from '../../testing/shared-data.ts';
import { parsePipfileLock, pipfileLock } from './pipfile-lock.ts';
import {
  parsePdmLock,
  parsePoetryLock,
  parsePylock,
  parseUvLock,
  pdmLock,
  poetryLock,
  pylock,
  uvLock,
} from './python-toml-lock.ts';

const FORMATS = [
  ['pipfile-lock', pipfileLock],
  ['poetry-lock', poetryLock],
  ['pdm-lock', pdmLock],
  ['uv-lock', uvLock],
  ['pylock', pylock],
] as const;

describe('lock files of Python', () => {
  for (const [name, parser] of FORMATS) {
    it(`published as fixtures give what the ledger says: ${name}`, async (ctx) => {
      await expectLedger(ctx, parser, textBeside(import.meta.url, `./ledgers/${name}.txt`));
    });
  }

  it.each([
    [uvLock, 'tools/script.py.lock', true],
    [uvLock, 'venv/lib/python3.12/site-packages/x/uv.lock', false],
    [pylock, 'pylock.dev.toml', true],
    [pylock, 'pylock.dev.x.toml', false],
    [poetryLock, 'app/poetry.lock', true],
    [pdmLock, 'pdm.lock.bak', false],
  ])('%s wants %s: %s', (parser, path, wanted) => {
    expect(parser.wants(path, listedFile(path))).toBe(wanted);
  });

  it.each([
    [parsePoetryLock, 'source = {type = "directory", url = "../a"}'],
    [parsePdmLock, 'path = "./a"'],
    [parseUvLock, 'source = { editable = "." }'],
  ])('leave out folders of the project, and say so', (parse, origin) => {
    const result = parse(`[[package]]\nname = "a"\nversion = "1.0"\n${origin}\n`, 'x.lock');

    expect(result).toMatchObject({ packages: [], complete: true });
    expect(result.diagnostics[0]?.message).toBe('Left out: 1 folders of the project, such as "a".');
  });

  it.each([
    [parsePoetryLock, 'source = {type = "git", url = "https://x/a"}', 'POETRY'],
    [parsePdmLock, 'path = "./a-1.0.tar.gz"', 'PIP'],
    [parseUvLock, 'source = { url = "https://x/a-1.0.zip" }', 'PIP'],
  ])('keep what has a version, wherever it came from', (parse, origin, packageManager) => {
    const { packages } = parse(`[[package]]\nname = "A_b"\nversion = "1.0"\n${origin}\n`, 'x.lock');

    expect(packages).toMatchObject([{ purl: 'pkg:pypi/a-b@1.0', packageManager }]);
  });

  it('in TOML that break in the middle still yield what stands around the break', () => {
    const result = parseUvLock(
      '[[package]]\nname = "a"\nversion = "1"\n[[package]]\nname = "b\n[[package]]\nname = "c"\nversion = "3"\n',
      'uv.lock',
    );

    expect(result.packages.map(({ name }) => name)).toEqual(['a', 'c']);
    expect(result.complete).toBe(false);
  });

  it('in TOML may have the mark of a package in a text', () => {
    const result = parsePoetryLock(
      '[[package]]\nname = "a"\nversion = "1"\ndescription = """\n[[package]]\nname = "b"\n"""\n',
      'poetry.lock',
    );

    expect(result.packages.map(({ name }) => name)).toEqual(['a']);
    expect(result.complete).toBe(true);
  });

  it.each([
    '[',
    'package = 1',
    'package = [1]',
    '[[package]]\nversion = "1"',
    `[[package]]\nname = ${'['.repeat(50_000)}`,
    'bogus',
  ])('in TOML of any shape never throw: case %#', (text) => {
    expect(parsePylock(text.replaceAll('package', 'packages'), 'pylock.toml').packages).toEqual([]);
    expect(parseUvLock(text, 'uv.lock').packages).toEqual([]);
  });

  it('of pipenv are read in every category, and a pin may have three signs', () => {
    const result = parsePipfileLock(
      '{"_meta":{},"default":{"a":{"version":"==1.0"}},"docs":{"b":{"version":"===2.0"},"c":{"git":"https://x"}}}',
      'Pipfile.lock',
    );

    expect(result.packages.map(({ purl }) => purl)).toEqual(['pkg:pypi/a@1.0', 'pkg:pypi/b@2.0']);
    expect(result.complete).toBe(true);
  });

  it.each([
    '',
    '[]',
    '{"default":[]}',
    '{"default":{"a":1}}',
    '{"default":{"a":{"version":">=1"}}}',
    '{"default":{"a":{"version":"==1.*"}}}',
  ])('of pipenv that are damaged are not complete: %s', (text) => {
    expect(parsePipfileLock(text, 'Pipfile.lock')).toMatchObject({ packages: [], complete: false });
  });

  it('of one list of more tables than a call takes arguments are read to their end', () => {
    const text = `package = [${'{ name = "a", version = "1" },'.repeat(150_000)}]`;

    expect(parseUvLock(text, 'uv.lock')).toMatchObject({ packages: [{ name: 'a' }], complete: true });
  });

  it('of half a million lines are read in seconds', () => {
    const table = (n: number): string =>
      `[[package]]\nname = "a${n}"\nversion = "1.0"\nwheels = [\n  { url = "https://x/${n}", size = 1 },\n]\n\n`;
    const text = Array.from({ length: 70_000 }, (_, n) => table(n)).join('');
    const start = performance.now();

    expect(parseUvLock(text, 'uv.lock').packages).toHaveLength(70_000);
    expect(performance.now() - start).toBeLessThan(15_000);
  });
});
