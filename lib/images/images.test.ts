import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectImage } from '../core/inventory/container-image/collect-image.ts';
import type { Inventory } from '../core/model/inventory.ts';
import type { ImageSource } from '../core/ports/image-source.ts';
import type { LayerStore } from '../core/ports/layer-store.ts';
import { type LayerFiles, layerTar, sha256 } from '../testing/layer-tar.ts';
import { type BuiltLayer, writeOciLayout } from '../testing/oci-layout.ts';
import { openImageArchive } from './image-archive.ts';
import { openOciLayout } from './oci-layout.ts';

const OS_RELEASE = 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n';
const ONE = { name: null, platform: 'linux/amd64' };
const signal = new AbortController().signal;

function stanza(name: string, version = '1.0-1'): string {
  return `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n\n`;
}

const npm = (name: string): string => JSON.stringify({ name, version: '1.0.0' });
const BASE: LayerFiles = {
  'usr/lib/os-release': OS_RELEASE,
  'etc/os-release': '->../usr/lib/os-release',
  'var/lib/dpkg/status': stanza('bash') + stanza('tar'),
  'srv/node_modules/a/package.json': npm('a'),
};

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'harrier-image-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function layersOf(all: readonly LayerFiles[]): Promise<readonly BuiltLayer[]> {
  return Promise.all(all.map(async (files) => ({ tar: await layerTar(files) })));
}

async function inventoryOf(layers: readonly BuiltLayer[], store?: LayerStore): Promise<Inventory> {
  writeOciLayout(directory, [{ layers }]);
  return collected(await openOciLayout(directory, ONE), store);
}

function collected(source: ImageSource, store?: LayerStore): Promise<Inventory> {
  return collectImage(source, { signal, revision: 'test', ...(store === undefined ? {} : { store }) });
}

const namesOf = ({ packages }: Inventory): readonly string[] => packages.map(({ name }) => name).sort();

describe('layers over each other', () => {
  it.each<[string, readonly LayerFiles[], readonly string[]]>([
    ['give what both have', [BASE, { 'srv/node_modules/b/package.json': npm('b') }], ['a', 'b', 'bash', 'tar']],
    ['lose a file that a whiteout removes', [BASE, { 'srv/node_modules/a/.wh.package.json': '' }], ['bash', 'tar']],
    ['lose a folder that a whiteout removes', [BASE, { 'srv/.wh.node_modules': '' }], ['bash', 'tar']],
    [
      'lose what an opaque folder covers, and keep what its own layer puts there',
      [BASE, { 'srv/node_modules/.wh..wh..opq': '', 'srv/node_modules/b/package.json': npm('b') }],
      ['b', 'bash', 'tar'],
    ],
    ['lose a folder that a file replaces', [BASE, { srv: 'text' }], ['bash', 'tar']],
    ['lose a folder that a link replaces', [BASE, { 'srv/node_modules': '->/nowhere' }], ['bash', 'tar']],
    [
      'have back what a later layer adds again',
      [BASE, { 'srv/.wh.node_modules': '' }, { 'srv/node_modules/a/package.json': npm('a') }],
      ['a', 'bash', 'tar'],
    ],
    ['take a file as the last layer has it', [BASE, { 'var/lib/dpkg/status': stanza('tar') }], ['a', 'tar']],
  ])('%s', async (_rule, layers, names) => {
    const inventory = await inventoryOf(await layersOf(layers));

    expect(namesOf(inventory)).toEqual(names);
    expect(inventory.outcome).toBe('complete');
    expect(inventory.distro?.versionId).toBe('12');
  });

  it('each package names the layer that brought it, and each layer its instruction', async () => {
    const database = { 'var/lib/dpkg/status': stanza('bash') + stanza('tar', '2.0-1') + stanza('curl') };
    const layers = await layersOf([BASE, database, { 'srv/node_modules/b/package.json': npm('b') }]);

    const { packages, image } = await inventoryOf(layers);

    const place = (digest: string | null): number => image?.layers.findIndex((layer) => layer.digest === digest) ?? -1;
    expect(Object.fromEntries(packages.map(({ name, layer }) => [name, place(layer)]))).toEqual({
      a: 0,
      b: 2,
      bash: 0,
      curl: 1,
      tar: 1,
    });
    expect(image?.layers.map(({ instruction }) => instruction)).toEqual([0, 1, 2].map((n) => `COPY ${n} / # buildkit`));
    expect(image?.platform).toBe('linux/amd64');
  });

  it('a hard link stands for the file that it names', async () => {
    const files = { 'usr/lib/os-release': OS_RELEASE, 'var/lib/dpkg/status': stanza('bash') };
    const link = { name: 'etc/os-release', type: 'link', linkname: 'usr/lib/os-release' } as const;
    const { distro, packages } = await inventoryOf([{ tar: await layerTar(files, [link]) }]);

    expect(distro?.versionId).toBe('12');
    expect(packages.map(({ name }) => name)).toEqual(['bash']);
  });
});

describe('a file of an image', () => {
  it('has the files beside it that its parser asks for', async () => {
    const sums = 'example.org/b v1.2.0 h1:x=\nexample.org/b v1.2.0/go.mod h1:x=\n';
    const mod = 'module m\ngo 1.16\nrequire example.org/a v1.0.0\n';
    const layers = await layersOf([BASE, { 'src/go.sum': sums }, { 'src/go.mod': mod }]);

    const { packages } = await inventoryOf(layers);

    expect(packages.filter(({ path }) => path.startsWith('src/')).map(({ name }) => name)).toContain('example.org/b');
  });

  it('is not held in memory where its beginning says that no parser can use it', async () => {
    const script = `#!/bin/sh\n${'echo nginx version: nginx/1.22.1\n'.repeat(50_000)}`;
    const behind = { 'srv/node_modules/b/package.json': npm('b') };
    const scripts = { 'opt/bin/nginx': script, 'opt/bin/node': script, ...behind };
    const { packages, outcome } = await inventoryOf(await layersOf([BASE, scripts]));

    expect(packages.map(({ name }) => name).sort()).toEqual(['a', 'b', 'bash', 'tar']);
    expect(outcome).toBe('complete');
  });
});

describe('an image is read the same from', () => {
  it('layers packed with gzip, zstd or not at all, whatever they are called', async () => {
    const tar = await layerTar(BASE);
    for (const stored of [gzipSync(tar), zstdCompressSync(tar), tar]) {
      expect(
        namesOf(await inventoryOf([{ tar, stored, mediaType: 'application/vnd.oci.image.layer.v1.tar' }])),
      ).toEqual(['a', 'bash', 'tar']);
    }
  });

  it('an archive of docker save, plain or packed', async () => {
    const tar = await layerTar(BASE);
    const config = JSON.stringify({ os: 'linux', architecture: 'arm64', rootfs: { diff_ids: [sha256(tar)] } });
    const manifest = [{ Config: 'config.json', RepoTags: ['team/app:1.0'], Layers: ['one/layer.tar'] }];
    const archive = await layerTar({
      'one/layer.tar': tar,
      'config.json': config,
      'manifest.json': JSON.stringify(manifest),
    });
    for (const [name, bytes] of [
      ['plain.tar', archive],
      ['packed.tar.gz', gzipSync(archive)],
    ] as const) {
      const path = join(directory, name);
      writeFileSync(path, bytes);
      const source = await openImageArchive(path, { ...ONE, name: '1.0' });
      expect(namesOf(await collected(source))).toEqual(['a', 'bash', 'tar']);
      expect(source.facts).toMatchObject({ digest: sha256(config), platform: 'linux/arm64' });
    }
  });

  it('an archive of a layout', async () => {
    const layers = await layersOf([BASE]);
    writeOciLayout(directory, [{ layers }]);
    const stored = gzipSync(layers[0]?.tar ?? '');
    const paths = ['oci-layout', 'index.json', ...blobsOf(directory)];
    const files = Object.fromEntries(paths.map((path) => [path, readFileSync(join(directory, path))]));
    const path = join(directory, 'image.tar');
    writeFileSync(path, await layerTar(files));

    const source = await openImageArchive(path, ONE);

    expect(source.facts.layers.map(({ digest }) => digest)).toEqual([sha256(stored)]);
    expect(namesOf(await collected(source))).toEqual(['a', 'bash', 'tar']);
  });

  it('the manifest of the wanted platform, and says which there are when it is not among them', async () => {
    const [layer] = await layersOf([BASE]);
    const layers = layer === undefined ? [] : [layer];
    const [, arm] = writeOciLayout(directory, [
      { layers, platform: ['linux', 'amd64'] },
      { layers, platform: ['linux', 'arm64'] },
    ]);

    const source = await openOciLayout(directory, { name: null, platform: 'linux/arm64' });

    expect(source.facts.digest).toBe(arm);
    await expect(openOciLayout(directory, { name: null, platform: 'linux/s390x' })).rejects.toThrow(
      'The image is not made for linux/s390x. It is made for: linux/amd64, linux/arm64.',
    );
  });

  it('the one of several that is named, and asks for a name where none is given', async () => {
    const layers = await layersOf([BASE]);
    const [, second] = writeOciLayout(directory, [
      { layers, name: '1.0' },
      { layers: [...layers, ...layers], name: '2.0' },
    ]);

    expect((await openOciLayout(directory, { ...ONE, name: '2.0' })).facts.digest).toBe(second);
    await expect(openOciLayout(directory, ONE)).rejects.toThrow('holds several images: 1.0, 2.0');
    await expect(openOciLayout(directory, { ...ONE, name: '3.0' })).rejects.toThrow('holds no image "3.0"');
  });
});

describe('a layer that cannot be trusted leaves the image partial, with the reason', () => {
  const cases: readonly [string, (tar: Buffer) => Partial<BuiltLayer>, string][] = [
    ['another digest', () => ({ digest: sha256('x') }), 'it is not whole'],
    ['another unpacked digest', () => ({ diffId: sha256('x') }), 'digest of its unpacked content'],
    ['cut short', (tar) => ({ stored: gzipSync(tar).subarray(0, 60) }), 'could not be read'],
    ['no archive', () => ({ stored: Buffer.from('no tar at all '.repeat(100)) }), 'could not be read'],
    ['kept elsewhere', () => ({ mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip' }), 'outside'],
  ];
  it.each(cases)('%s', async (_rule, fault, reason) => {
    const tar = await layerTar({ 'srv/node_modules/b/package.json': npm('b') });
    const [base] = await layersOf([BASE]);

    const inventory = await inventoryOf([base as BuiltLayer, { tar, ...fault(tar) }]);

    expect(inventory.outcome).toBe('partial');
    expect(inventory.diagnostics.map(({ message }) => message).join()).toContain(reason);
    expect(namesOf(inventory)).toEqual(['a', 'bash', 'tar']);
  });

  it('entries that lead out of the image, devices and names of other encodings harm nothing', async () => {
    const tar = await layerTar({ '../../etc/passwd': 'x', '/abs/node_modules/c/package.json': npm('c') }, [
      { name: 'dev/null', type: 'character-device', devmajor: 1, devminor: 3 },
      { name: 'loop', type: 'symlink', linkname: 'loop' },
      { name: 'etc/os-release', type: 'symlink', linkname: '../../../../etc/os-release' },
    ]);

    const inventory = await inventoryOf([...(await layersOf([BASE])), { tar }]);

    expect(namesOf(inventory)).toEqual(['a', 'bash', 'c', 'tar']);
    expect(inventory.diagnostics.some(({ message }) => message.includes('leads out of the image'))).toBe(true);
  });
});

describe('a layer that was read before', () => {
  it('is taken from the store, and gives the same', async () => {
    const kept = new Map<string, Uint8Array>();
    const reads: string[] = [];
    const store: LayerStore = {
      get: async (key) => kept.get(key) ?? null,
      put: async (key, content) => void kept.set(key, content),
    };
    const layers = await layersOf([BASE, { 'srv/node_modules/b/package.json': npm('b') }]);
    const first = await inventoryOf(layers, store);
    const source = await openOciLayout(directory, ONE);

    const second = await collected(
      {
        ...source,
        openLayer: (layer, stop) => {
          reads.push(layer.digest);
          return source.openLayer(layer, stop);
        },
      },
      store,
    );

    expect(reads).toEqual([]);
    expect(second).toEqual(first);
    expect(kept.size).toBe(2);
  });

  it('is not kept where its digest was wrong', async () => {
    const kept = new Map<string, Uint8Array>();
    const store: LayerStore = { get: async () => null, put: async (key, content) => void kept.set(key, content) };
    const tar = await layerTar(BASE);

    await inventoryOf([{ tar, diffId: sha256('x') }], store);

    expect(kept.size).toBe(0);
  });

  it('is not taken for another one whose configuration claims the same content', async () => {
    const kept = new Map<string, Uint8Array>();
    const store: LayerStore = {
      get: async (key) => kept.get(key) ?? null,
      put: async (key, content) => void kept.set(key, content),
    };
    const [base, harmless] = await layersOf([BASE, {}]);
    const hidden = {
      tar: await layerTar({ 'srv/node_modules/b/package.json': npm('b') }),
      diffId: sha256(harmless?.tar ?? ''),
    };
    await inventoryOf([base as BuiltLayer, harmless as BuiltLayer], store);

    const inventory = await inventoryOf([base as BuiltLayer, hidden], store);

    expect(inventory.outcome).toBe('partial');
    expect(inventory.diagnostics[0]?.message).toContain('digest of its unpacked content');
  });

  it('is read again where what was kept is damaged', async () => {
    const store: LayerStore = { get: async () => Buffer.from('damaged'), put: async () => undefined };

    expect(namesOf(await inventoryOf(await layersOf([BASE]), store))).toEqual(['a', 'bash', 'tar']);
  });
});

function blobsOf(layout: string): readonly string[] {
  const index = JSON.parse(readFileSync(join(layout, 'index.json'), 'utf8'));
  const manifest = index.manifests[0].digest;
  const path = (digest: string): string => `blobs/${digest.replace(':', '/')}`;
  const { config, layers } = JSON.parse(readFileSync(join(layout, path(manifest)), 'utf8'));
  return [manifest, config.digest, ...layers.map((layer: { digest: string }) => layer.digest)].map(path);
}
