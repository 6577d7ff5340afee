import { describe, expect, it } from 'vitest';
import { expectLedger, sharedFolder } from '../../testing/fixture-ledger.ts';
import { listedFile, memoryFileTree } from '../../testing/memory-file-tree.ts';
import { textBeside } from '../../testing/shared-data.ts';
import type { ParseResult } from './parser.ts';
import { parseRequirements, requirementsTxt } from './requirements-txt.ts';

const names = (result: ParseResult): readonly string[] =>
  result.packages.map(({ name, version }) => `${name}@${version}`);
const namesOf = (text: string): readonly string[] => names(parseRequirements(text, 'requirements.txt').result);
const parse = (path: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<ParseResult> =>
  requirementsTxt.parse(path, memoryFileTree(files), { distro: null });

describe('requirements files', () => {
  it.each([
    ['requirements.txt', true],
    ['app/requirements-dev.txt', true],
    ['app/dev_requirements.txt', true],
    ['app/requirements/base.txt', true],
    ['app/requires.txt', false],
    ['venv/lib/python3.12/site-packages/x/requirements.txt', false],
  ])('%s: %s', (path, wanted) => {
    expect(requirementsTxt.wants(path, listedFile(path))).toBe(wanted);
  });

  it.each([
    ['a==1.0', ['a@1.0']],
    ['a [x, y] === 1.0+local.1 ; python_version < "3"', ['a@1.0+local.1']],
    ['a (==1.0)', ['a@1.0']],
    ['a>=0.5,==1.0', ['a@1.0']],
    ['a==1.0 \\\r\n  --hash=sha256:1 \\\r\n  --hash=sha256:2\r\nb==2', ['a@1.0', 'b@2']],
    ['a==1.0 # why', ['a@1.0']],
    ['a==1.0#why', ['a@1.0']],
    ['a==1!2.0.post1.dev2', ['a@1!2.0.post1.dev2']],
    ['./x/num_py-1.9.2-cp34-none-win32.whl', ['num_py@1.9.2']],
    ['a @ https://x/a-1.0%2Bcu1-1-py3-none-any.whl#sha256=1', ['a@1.0+cu1']],
    ['# a==1.0', []],
    ['a==1.*', []],
    ['a>=1.0', []],
    [`a==$${'{VERSION}'}`, []],
    ['a @ git+https://github.com/a/a@1.0', []],
    ['-e ./a', []],
    ['-c constraints.txt', []],
  ])('%j: %j', (text, expected) => {
    expect(namesOf(text)).toEqual(expected);
  });

  it('without a pin say so', () => {
    const { result } = parseRequirements('a\nb>=1\nfoo|bar=="1"\n', 'requirements.txt');

    expect(result.complete).toBe(true);
    expect(result.diagnostics.map(({ message }) => message)).toEqual([
      'Left out: 2 requirements that do not name one exact version, such as "a".',
      'Left out: 1 lines that pip would refuse, such as "foo|bar=="1"".',
    ]);
  });

  it('of PowerShell are UTF-16', async () => {
    const text = Buffer.from('\uFEFFa==1.0\r\n', 'utf16le');

    expect(names(await parse('requirements.txt', { 'requirements.txt': new Uint8Array(text) }))).toEqual(['a@1.0']);
  });

  it('name the packages of included files, each with the file that proves it, in circles too', async () => {
    const result = await parse('app/requirements.txt', {
      'app/requirements.txt': '-r ../base.in\n--requirement=dev/x.in\na==1',
      'base.in': '-r app/requirements.txt\nb==2',
      'app/dev/x.in': '-rx.in\nc==3',
    });

    expect(result.packages.map(({ name, path }) => `${name} ${path}`)).toEqual([
      'a app/requirements.txt',
      'b base.in',
      'c app/dev/x.in',
    ]);
    expect(result).toMatchObject({ complete: true, diagnostics: [] });
  });

  it('that include nothing but each other say that they name no package', async () => {
    const result = await parse('requirements.txt', { 'requirements.txt': '-r b.txt', 'b.txt': '-r requirements.txt' });

    expect(result).toMatchObject({ packages: [], complete: true, diagnostics: [{ level: 'info' }] });
  });

  it('never leave the tree', async () => {
    const result = await parse('app/requirements.txt', {
      'app/requirements.txt': '-r ../../etc/passwd\n-r /etc/passwd\n-r https://x/r.txt\n-r missing.txt\na==1',
    });

    expect(names(result)).toEqual(['a@1']);
    expect(result.diagnostics.map(({ message }) => message)).toEqual([
      'Left out: 3 files that lie outside, such as "../../etc/passwd".',
      'The requirements file could not be read.',
    ]);
    expect(result.complete).toBe(true);
  });

  it('include a bounded number of files', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, n) => [`r${n}.txt`, `-r r${n + 1}.txt\na${n}==1`]),
    );
    const result = await parse('r0.txt', files);

    expect(result.packages).toHaveLength(100);
    expect(result.complete).toBe(false);
  });

  it('of more packages than a call takes arguments are read to their end', async () => {
    const text = Array.from({ length: 150_000 }, (_, n) => `a${n}==1`).join('\n');

    expect((await parse('requirements.txt', { 'requirements.txt': text })).packages).toHaveLength(150_000);
  });

  it('of a million lines, and of one long line, are read in seconds', () => {
    const start = performance.now();
    const text = 'a==1.0 \\\n  --hash=sha256:1\n# x\n\n'.repeat(250_000);

    expect(namesOf(text)).toEqual(['a@1.0']);
    expect(namesOf('\\\n'.repeat(500_000))).toEqual([]);
    expect(namesOf(' '.repeat(4_000_000))).toEqual([]);
    expect(namesOf(`a${' '.repeat(1_000_000)}==1`)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('published as fixtures give what the ledger says', async (ctx) => {
    await expectLedger(ctx, requirementsTxt, textBeside(import.meta.url, './ledgers/requirements-txt.txt'));
  });

  it('published as fixtures with includes give what pip reads', async (ctx) => {
    const files = sharedFolder(ctx, 'lockfiles/osv-detector/pip');

    expect([...names(await parse('pip/duplicate-r-dev.txt', files))].sort()).toEqual([
      'django@0.1.0',
      'pandas@0.23.4',
      'requests@1.2.3',
      'requests@1.2.3',
      'unittest@1.0.0',
    ]);
    expect(new Set(names(await parse('pip/cyclic-r-complex-1.txt', files)))).toEqual(
      new Set(['cyclic-r-complex@1', 'cyclic-r-complex@2', 'cyclic-r-complex@3']),
    );
  });
});
