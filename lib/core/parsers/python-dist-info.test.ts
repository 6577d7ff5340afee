import { describe, expect, it } from 'vitest';
import { expectLedger } from '../../testing/fixture-ledger.ts';
import { listedFile, memoryFileTree } from '../../testing/memory-file-tree.ts';
import { textBeside } from '../../testing/shared-data.ts';
import { normalizePypiName } from './pypi-spelling.ts';
import { parseMetadata, pythonDistInfo } from './python-dist-info.ts';

const PATH = 'usr/local/lib/python3.11/site-packages/Django-3.2.1.dist-info/METADATA';

describe('installed Python packages', () => {
  it.each([
    [PATH, true],
    ['opt/x/site-packages/foo.egg-info/PKG-INFO', true],
    ['opt/x/site-packages/foo-1.0.egg-info', true],
    ['opt/x/site-packages/foo-1.0-py3.egg/EGG-INFO/PKG-INFO', true],
    ['opt/x/site-packages/foo-1.0.dist-info/RECORD', false],
    ['opt/x/site-packages/foo/DIST-INFO/METADATA', true],
    ['opt/x/site-packages/FOO.EGG-INFO/PKG-INFO', true],
    ['opt/x/PKG-INFO', false],
    ['opt/x/setuptools/tests/data/foo-1.0.dist-info/METADATA', false],
  ])('%s: %s', (path, wanted) => {
    expect(pythonDistInfo.wants(path, listedFile(path))).toBe(wanted);
  });

  it('tell name and version in the header, and only there', async () => {
    const text = 'Metadata-Version: 2.1\r\nName: Django_Thing\r\nVersion: 3.2.1\r\n\r\nName: wrong\r\nVersion: 9\r\n';

    const { packages } = await pythonDistInfo.parse(PATH, memoryFileTree({ [PATH]: text }), { distro: null });

    expect(packages[0]).toMatchObject({
      name: 'Django_Thing',
      version: '3.2.1',
      purl: 'pkg:pypi/django-thing@3.2.1',
      packageManager: 'PYTHONPKG',
    });
  });

  it('are found behind a long list of classifiers', async () => {
    const text = `Metadata-Version: 2.1\n${'Classifier: x\n'.repeat(5000)}Name: late\nVersion: 1.0\n\n`;

    const { packages } = await pythonDistInfo.parse(PATH, memoryFileTree({ [PATH]: text }), { distro: null });

    expect(packages[0]?.name).toBe('late');
  });

  it.each(['', 'Name: x', 'Version: 1', 'Name: ../x\nVersion: 1', 'noise'.repeat(100_000)])(
    'without name and version leave the inventory incomplete',
    (text) => {
      expect(parseMetadata(text, PATH)).toMatchObject({ packages: [], complete: false });
    },
  );

  it.each([
    ['Foo__Bar.-baz', 'foo-bar-baz'],
    ['zope.interface', 'zope-interface'],
  ])('are compared by normalized name: %s', (name, normalized) => {
    expect(normalizePypiName(name)).toBe(normalized);
  });

  it('published as fixtures give what the ledger says', async (ctx) => {
    await expectLedger(ctx, pythonDistInfo, textBeside(import.meta.url, './ledgers/dist-info.txt'));
  });
});
