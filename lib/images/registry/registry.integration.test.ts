import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, type TestContext } from 'vitest';
import { collectImage } from '../../core/inventory/container-image/collect-image.ts';
import type { Inventory } from '../../core/model/inventory.ts';
import { type LayerFiles, layerTar, sha256 } from '../../testing/layer-tar.ts';
import { writeOciLayout } from '../../testing/oci-layout.ts';
import { peerPrograms } from '../../testing/peer-programs.ts';
import { type RealRegistry, startRealRegistry } from '../../testing/real-registry.ts';
import { startTokenService } from '../../testing/token-service.ts';
import { readImageName } from '../image-name.ts';
import { openNamedImage } from '../open-named-image.ts';

const USER = 'ann';
const PASSWORD = 'correct-horse-9911';
const BASE: LayerFiles = {
  'etc/os-release': 'ID=debian\nVERSION_ID="12"\n',
  'var/lib/dpkg/status': 'Package: bash\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.0-1\n\n',
  'srv/node_modules/a/package.json': JSON.stringify({ name: 'a', version: '1.0.0' }),
};
const TOP: LayerFiles = {
  'srv/node_modules/.wh.a': '',
  'srv/node_modules/b/package.json': JSON.stringify({ name: 'b', version: '2.0.0' }),
};

let directory = '';
let layout = '';
let registry: RealRegistry | null = null;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'harrier-real-registry-'));
  layout = join(directory, 'layout');
  mkdirSync(layout);
});

afterEach(async () => {
  await registry?.stop();
  registry = null;
  rmSync(directory, { recursive: true, force: true });
});

type Push = (name: string, ...more: readonly string[]) => Promise<void>;

const SECONDS_MAX = 30;
const run = promisify(execFile);

/** Starts a registry with one user, and gives a way to push an image of the layout to it. */
async function start(ctx: TestContext): Promise<Push> {
  const { htpasswd } = peerPrograms(ctx, ['htpasswd']);
  const path = join(directory, 'htpasswd');
  writeFileSync(path, execFileSync(htpasswd, ['-Bbn', USER, PASSWORD]));
  return startWith(ctx, { htpasswd: { realm: 'harrier', path } });
}

async function startWith(ctx: TestContext, auth: Readonly<Record<string, unknown>>): Promise<Push> {
  const { skopeo, ...rest } = peerPrograms(ctx, ['docker-registry', 'skopeo']);
  const started = await startRealRegistry(rest['docker-registry'], join(directory, 'registry'), auth);
  registry = started;
  return async (name, ...more) => {
    const to = `docker://${started.host}/team/app:${name}`;
    const flags = ['--dest-tls-verify=false', '--dest-creds', `${USER}:${PASSWORD}`, ...more];
    await run(skopeo, ['--insecure-policy', 'copy', ...flags, `oci:${layout}:${name}`, to], {
      timeout: SECONDS_MAX * 1000,
    });
  };
}

async function inventory(text: string, platform = 'linux/amd64', password = PASSWORD): Promise<Inventory> {
  const login = join(directory, 'auth.json');
  const auth = Buffer.from(`${USER}:${password}`).toString('base64');
  writeFileSync(login, JSON.stringify({ auths: { [registry?.host ?? '']: { auth } } }));
  const signal = AbortSignal.timeout(30_000);
  const named = readImageName(text);
  if (named === null) throw new Error(text);
  const source = await openNamedImage(named, { platform, signal, loginFiles: [login] });
  try {
    return await collectImage(source, { signal, revision: 'test' });
  } finally {
    await source.close();
  }
}

const remote = (name: string): string => `${registry?.host}/team/app${name.startsWith('@') ? name : `:${name}`}`;
const packagesOf = ({ packages }: Inventory) => packages.map(({ purl, path }) => ({ purl, path }));

describe('an image that was pushed to a real registry is read as it is on disk', () => {
  it('with layers of gzip, zstd and none at all, by tag and by digest', async (ctx) => {
    const push = await start(ctx);
    const [base, top] = [await layerTar(BASE), await layerTar(TOP)];
    const type = 'application/vnd.oci.image.layer.v1.tar';
    const [gzip = '', zstd = ''] = writeOciLayout(layout, [
      { name: 'gzip', layers: [{ tar: base }, { tar: top, stored: top, mediaType: type }] },
      { name: 'zstd', layers: [base, top].map((tar) => zstdLayer(tar, type)) },
    ]);
    await push('gzip', '--preserve-digests');
    await push('zstd', '--preserve-digests');

    for (const [name, digest] of [
      ['gzip', gzip],
      ['zstd', zstd],
    ] as const) {
      const local = await inventory(`${layout}:${name}`);
      expect(local.packages.map((pkg) => pkg.name)).toEqual(['bash', 'b']);
      expect(await inventory(remote(name))).toEqual(local);
      expect(await inventory(remote(`@${digest}`))).toEqual(local);
    }
  });

  it('in the form of Docker', async (ctx) => {
    const push = await start(ctx);
    writeOciLayout(layout, [{ name: 'docker', layers: [{ tar: await layerTar(BASE) }] }]);
    await push('docker', '--format', 'v2s2');

    const pulled = await inventory(remote('docker'));

    expect(pulled.image?.layers[0]?.mediaType).toBe('application/vnd.docker.image.rootfs.diff.tar.gzip');
    expect(packagesOf(pulled)).toEqual(packagesOf(await inventory(`${layout}:docker`)));
  });

  it('for each platform of an index', async (ctx) => {
    const push = await start(ctx);
    const [base, top] = [await layerTar(BASE), await layerTar(TOP)];
    const [amd = '', arm = ''] = writeOciLayout(layout, [
      { layers: [{ tar: base }], platform: ['linux', 'amd64'] },
      { layers: [{ tar: base }, { tar: top }], platform: ['linux', 'arm64'] },
    ]);
    nameIndex('all');
    await push('all', '--all', '--preserve-digests');

    const found = [await inventory(remote('all')), await inventory(remote('all'), 'linux/arm64')];

    expect(found.map(({ image }) => image?.digest)).toEqual([amd, arm]);
    expect(found.map(({ packages }) => packages.map(({ name }) => name))).toEqual([
      ['bash', 'a'],
      ['bash', 'b'],
    ]);
    await expect(inventory(remote('all'), 'linux/s390x')).rejects.toThrow('linux/amd64, linux/arm64');
  });
});

it('a real registry that does not know the password is told by its name, and the password is not', async (ctx) => {
  const push = await start(ctx);
  writeOciLayout(layout, [{ name: '1', layers: [{ tar: await layerTar(BASE) }] }]);
  await push('1');

  const error = await inventory(remote('1'), 'linux/amd64', 'wrong-9911').catch((reason: Error) => reason);

  expect(String(error)).toContain('does not let these credentials read team/app');
  expect(String(error)).not.toContain('wrong-9911');
  await expect(inventory(remote('2'))).rejects.toThrow('has no image team/app with 2');
});

it('a real registry that believes tokens alone is read with one for reading alone, by its user and nobody else', async (ctx) => {
  const { openssl } = peerPrograms(ctx, ['openssl']);
  const service = await startTokenService(openssl, directory, { user: USER, password: PASSWORD });
  try {
    const push = await startWith(ctx, { token: service.settings });
    writeOciLayout(layout, [{ name: '1', layers: [{ tar: await layerTar(BASE) }] }]);
    await push('1');
    const before = service.scopes.length;

    const pulled = await inventory(remote('1'));

    expect(packagesOf(pulled)).toEqual(packagesOf(await inventory(`${layout}:1`)));
    expect(service.scopes.slice(before)).toEqual(['repository:team/app:pull']);
    await expect(inventory(remote('1'), 'linux/amd64', 'wrong')).rejects.toThrow('does not let these credentials read');
  } finally {
    service.close();
  }
});

function zstdLayer(tar: Buffer, type: string) {
  return { tar, stored: zstdCompressSync(tar), mediaType: `${type}+zstd` };
}

/** Puts an index over all images of the layout, under a name. */
function nameIndex(name: string): void {
  const { manifests } = JSON.parse(readFileSync(join(layout, 'index.json'), 'utf8'));
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  const index = JSON.stringify({ schemaVersion: 2, mediaType, manifests });
  writeFileSync(join(layout, 'blobs', sha256(index).replace(':', '/')), index);
  const annotations = { 'org.opencontainers.image.ref.name': name };
  const listed = [{ mediaType, digest: sha256(index), size: index.length, annotations }];
  writeFileSync(join(layout, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: listed }));
}
