import type { Headers } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { tarEntries } from '../../../images/tar-entries.ts';
import { type LayerFiles, layerTar } from '../../../testing/layer-tar.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { LayerEntry } from '../../ports/image-source.ts';
import { everyParser } from '../collector.ts';
import { collectImage } from './collect-image.ts';
import { decodeLayer, encodeLayer, type LayerContent, type LayerFile } from './layer-content.ts';
import { layerPath, linkTarget } from './layer-path.ts';
import { mergeLayers } from './merged-layers.ts';
import { readLayer } from './read-layer.ts';
import { singleFileTree } from './single-file-tree.ts';

const { signal } = new AbortController();
const OS_RELEASE = 'ID=alpine\nVERSION_ID=3.20.1\n';
const npm = (name: string, version = '1.0.0'): string => JSON.stringify({ name, version });

interface Layer {
  readonly files?: LayerFiles;
  readonly headers?: readonly Partial<Headers>[];
}

const hardLink = (name: string, linkname: string): Partial<Headers> => ({ name, type: 'link', linkname });

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function* entriesOf({ files = {}, headers = [] }: Layer): AsyncGenerator<LayerEntry> {
  yield* tarEntries(once(await layerTar(files, headers)));
}

async function* broken(layer: Layer): AsyncGenerator<LayerEntry> {
  yield* entriesOf(layer);
  throw new Error('the digest is another one');
}

function imageOf(layers: readonly (() => AsyncIterable<LayerEntry>)[]): Promise<Inventory> {
  const facts = layers.map((_, place) => ({
    digest: `sha256:${place}`,
    mediaType: '',
    size: 0,
    diffId: null,
    instruction: null,
  }));
  return collectImage(
    {
      facts: { digest: 'sha256:image', platform: null, createdAt: null, layers: facts },
      openLayer: (layer) => layers[facts.findIndex(({ digest }) => digest === layer.digest)]?.() ?? entriesOf({}),
      close: async () => undefined,
    },
    { signal, revision: 'test' },
  );
}

const inventoryOf = (...layers: readonly Layer[]): Promise<Inventory> =>
  imageOf(layers.map((layer) => () => entriesOf(layer)));

const placesOf = ({ packages }: Inventory): readonly string[] => packages.map(({ name, path }) => `${name} ${path}`);

async function contentOf(layer: Layer): Promise<LayerContent> {
  return readLayer(entriesOf(layer), everyParser(), signal);
}

async function textIn(layers: readonly Layer[], path: string): Promise<string | null> {
  const { tree } = mergeLayers(await Promise.all(layers.map(contentOf)));
  const bytes = await tree.read(path);
  return bytes === null ? null : Buffer.from(bytes).toString();
}

describe('a path of a layer', () => {
  it.each([
    ['a/b', 'a/b'],
    ['./a//b/', 'a/b'],
    ['/a/./b', 'a/b'],
    ['..a/b..', '..a/b..'],
    ['.', null],
    ['../a', null],
    ['a/../b', null],
    ['a\0b', null],
    ['a/'.repeat(2048), 'a/'.repeat(2048).slice(0, -1)],
    ['a/'.repeat(2049), null],
  ])('%j is %j', (text, path) => expect(layerPath(text)).toBe(path));

  it.each([
    ['a/b', 'c', 'a/c'],
    ['a/b', '../c', 'c'],
    ['a/b', '/c/./d', 'c/d'],
    ['a/b', '../../../etc/passwd', 'etc/passwd'],
    ['a/b', '/', ''],
  ])('a link at %s to %s leads to %j, and never out of the root', (from, target, path) =>
    expect(linkTarget(from, target)).toBe(path),
  );
});

describe('what a layer removes', () => {
  const lower = { files: { 'a/node_modules/x/package.json': npm('x'), 'ab/node_modules/y/package.json': npm('y') } };

  it.each<[string, LayerFiles, readonly string[]]>([
    ['a file', { 'a/node_modules/x/.wh.package.json': '' }, ['y']],
    ['a folder, and none whose name only begins so', { '.wh.a': '' }, ['y']],
    ['everything', { '.wh..wh..opq': '' }, []],
    ['a file, though it puts another one beside it', { 'a/.wh.node_modules': '', 'a/other': '' }, ['y']],
    ['nothing by a folder of the same name', { 'a/node_modules': null }, ['x', 'y']],
  ])('%s', async (_rule, files, names) => {
    const { packages } = await inventoryOf(lower, { files });

    expect(packages.map(({ name }) => name)).toEqual(names);
  });

  it('is only what lies below it: its own files stay, wherever the mark stands in the archive', async () => {
    const own = { 'a/node_modules/z/package.json': npm('z') };
    for (const files of [
      { ...own, 'a/.wh..wh..opq': '' },
      { 'a/.wh..wh..opq': '', ...own },
    ]) {
      const { packages } = await inventoryOf(lower, { files });
      expect(packages.map(({ name }) => name)).toEqual(['y', 'z']);
    }
  });

  it('does not come back through a link that was there before', async () => {
    const layers = [
      { files: { 'usr/lib/os-release': OS_RELEASE, 'etc/os-release': '->../usr/lib/os-release' } },
      { files: { 'etc/.wh.os-release': '' } },
    ];

    expect(await textIn(layers, 'usr/lib/os-release')).toBe(OS_RELEASE);
    expect(await textIn(layers, 'etc/os-release')).toBeNull();
  });
});

describe('a link', () => {
  const file = { 'usr/lib/os-release': OS_RELEASE };

  it.each<[string, readonly Layer[]]>([
    ['to a file', [{ files: { ...file, 'etc/os-release': '->../usr/lib/os-release' } }]],
    ['of a lower layer', [{ files: file }, { files: { 'etc/os-release': '->/usr/lib/os-release' } }]],
    ['to a folder on the way', [{ files: { ...file, etc: '->usr/lib' } }]],
    ['to a link', [{ files: { ...file, etc: '->e', e: '->/usr/./lib' } }]],
    ['of the other kind', [{ files: file, headers: [hardLink('etc/os-release', './usr/lib/os-release')] }]],
  ])('%s is followed', async (_kind, layers) => {
    expect(await textIn(layers, 'etc/os-release')).toBe(OS_RELEASE);
  });

  it.each<[string, LayerFiles]>([
    ['itself', { 'etc/os-release': '->os-release' }],
    ['a link that leads back', { 'etc/os-release': '->/a', a: '->etc/os-release' }],
    ['what is below itself', { etc: '->etc/etc' }],
    ['nowhere', { 'etc/os-release': '->/nowhere' }],
    ['the root', { 'etc/os-release': '->/' }],
  ])('to %s leads to no file', async (_where, files) => {
    expect(await textIn([{ files }], 'etc/os-release')).toBeNull();
  });

  it('does not stand before what a later layer put at the same path', async () => {
    const layers = [{ files: { ...file, etc: '->srv' } }, { files: { etc: null, 'etc/os-release': 'ID=wolfi\n' } }];

    expect(await textIn(layers, 'etc/os-release')).toBe('ID=wolfi\n');
  });
});

describe('a hard link', () => {
  const store = { 'root/store/00/ab': npm('x') };
  const link = hardLink('srv/node_modules/x/package.json', 'root/store/00/ab');

  it('gives a file of a store its name, though the store comes first in the layer', async () => {
    const other = hardLink('srv/node_modules/y/package.json', 'root/store/00/ab');
    const inventory = await inventoryOf({ files: store, headers: [link, other] });

    expect(inventory.outcome).toBe('complete');
    expect(placesOf(inventory)).toEqual(['x srv/node_modules/x/package.json', 'x srv/node_modules/y/package.json']);
  });

  it('gives a file that others are read with its name', async () => {
    const headers = [hardLink('etc/os-release', 'root/store/00/cd')];

    expect((await inventoryOf({ files: { 'root/store/00/cd': OS_RELEASE }, headers })).distro?.id).toBe('alpine');
  });

  it('to a file that was read under its first name counts once', async () => {
    const files = { 'a/node_modules/x/package.json': npm('x') };
    const again = hardLink('srv/node_modules/x/package.json', 'a/node_modules/x/package.json');
    const inventory = await inventoryOf({ files, headers: [again] });

    expect(inventory.outcome).toBe('complete');
    expect(placesOf(inventory)).toEqual(['x a/node_modules/x/package.json']);
  });

  it('is read under no more than twenty names, and leaves the image partial beyond', async () => {
    const headers = Array.from({ length: 30 }, (_, at) =>
      hardLink(`${at}/node_modules/x/package.json`, 'root/store/00/ab'),
    );
    const inventory = await inventoryOf({ files: store, headers });

    expect(inventory.packages).toHaveLength(20);
    expect(inventory.outcome).toBe('partial');
  });

  it('whose file is not in the layer leaves the image partial', async () => {
    const inventory = await inventoryOf({ headers: [link] });

    expect(inventory.outcome).toBe('partial');
    expect(inventory.diagnostics).toMatchObject([
      { level: 'warning', path: link.name, message: expect.stringContaining('another name of a file') },
      {},
    ]);
  });
});

describe('a layer', () => {
  const lock = (name: string): Layer => ({ files: { 'srv/node_modules/x/package.json': npm(name) } });

  it('that could not be read leaves the rest partial, with the reason and the layer, and adds nothing', async () => {
    const { outcome, packages, diagnostics } = await imageOf([
      () => entriesOf(lock('x')),
      () => broken({ files: { 'srv/node_modules/y/package.json': npm('y'), '.wh.srv': '' } }),
    ]);

    expect(outcome).toBe('partial');
    expect(packages.map(({ name }) => name)).toEqual(['x']);
    expect(diagnostics[0]).toMatchObject({
      level: 'error',
      message: 'The layer could not be read: the digest is another one (layer sha256:1)',
    });
  });

  it('entries that lead out of the image are told and left out', async () => {
    const outside = { '../node_modules/x/package.json': npm('x'), 'a/../../b': '' };
    const { packages, diagnostics, outcome } = await inventoryOf({ files: outside });

    expect(packages).toEqual([]);
    expect(diagnostics.filter(({ message }) => message.includes('leads out of the image'))).toHaveLength(2);
    expect(outcome).toBe('complete');
  });

  it('of all that had a package is the lowest from which on it was there without a gap', async () => {
    const layerOf = async (...layers: readonly Layer[]) => (await inventoryOf(...layers)).packages[0]?.layer;

    expect(await layerOf(lock('x'), {}, lock('x'))).toBe('sha256:0');
    expect(await layerOf(lock('y'), lock('x'), lock('x'))).toBe('sha256:1');
    expect(await layerOf(lock('x'), lock('y'), lock('x'))).toBe('sha256:2');
    expect(await layerOf(lock('x'), { files: { '.wh.srv': '' } }, lock('x'))).toBe('sha256:2');
  });

  it('is the same out of its bytes, and no layer out of those of anything else', async () => {
    const content = await contentOf({
      files: {
        'etc/os-release': OS_RELEASE,
        'etc/apk/world': '',
        'a/node_modules/x/package.json': npm('x'),
        link: '->a',
        '.wh.b': '',
        'c/.wh..wh..opq': '',
      },
    });
    const stored = encodeLayer(content);

    const { files, links, covered, removed, emptied, diagnostics, complete } = content;
    const plain = [...files].map(([path, { bytes, ...file }]) => [
      path,
      { ...file, bytes: bytes && Buffer.from(bytes) },
    ]);
    const rest = { links, covered, removed, emptied, diagnostics, complete };
    expect(decodeLayer(stored)).toEqual({ files: new Map(plain as [string, LayerFile][]), ...rest });
    expect(files.size).toBe(3);
    for (const damaged of [stored.subarray(0, 3), stored.subarray(0, 40), Buffer.alloc(8), Buffer.from('damaged')]) {
      expect(decodeLayer(damaged)).toBeNull();
    }
  });
});

it('a tree of one file holds that one, whole or in part, and no other', async () => {
  const tree = singleFileTree('a/b', Buffer.from('text'));

  expect(await tree.read('a/b')).toEqual(Buffer.from('text'));
  expect(await tree.read('a/b', { start: 1, end: 3 })).toEqual(Buffer.from('ex'));
  expect(await tree.read('a')).toBeNull();
});
