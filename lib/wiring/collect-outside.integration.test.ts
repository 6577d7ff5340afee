import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JobId } from '../core/model/ids.ts';
import type { UploadKind } from '../core/model/upload.ts';
import type { JobContext, JobResult } from '../jobs/contracts.ts';
import { scanUploadHandler } from '../jobs/handlers/scan-upload.ts';
import type { Dependencies } from '../operations/dependencies.ts';
import { openSampleIndex } from '../sample/sample-index.ts';
import { SAMPLE_WAVES } from '../sample/sample-thing.ts';
import { layerTar, sha256 } from '../testing/layer-tar.ts';
import { storeDependencies } from '../testing/store-dependencies.ts';
import { openStoreFixture, type StoreFixture } from '../testing/store-fixture.ts';
import { buildZip } from '../testing/zip-builder.ts';
import { collectOutside, removeLeftFiles } from './collect-outside.ts';

const NOW = new Date('2026-11-24T09:00:00Z');
const AT = 'node_modules/minimist/package.json';
const npm = (version: string): string => JSON.stringify({ name: 'minimist', version });

let fixture: StoreFixture;
let data: string;
let dependencies: Dependencies;
let now: Date;

beforeEach(async () => {
  fixture = await openStoreFixture();
  now = NOW;
  data = mkdtempSync(join(tmpdir(), 'harrier-outside-'));
  dependencies = storeDependencies(
    fixture,
    () => now,
    () => openSampleIndex(SAMPLE_WAVES - 1, NOW),
  );
});

afterEach(async () => {
  await fixture.close();
  rmSync(data, { recursive: true, force: true });
});

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 60_000) yield bytes.subarray(at, at + 60_000);
}

/** Hands a file in and scans it, as web and worker do between them. */
async function scan(kind: UploadKind, name: string, bytes: Uint8Array, signal?: AbortSignal): Promise<JobResult> {
  const { id } = await fixture.stores.uploads.save({ kind, name, createdBy: 'ines@example.com' }, pieces(bytes), NOW);
  const context: JobContext = {
    id: '00000000-0000-4000-8000-000000000001' as JobId,
    signal: signal ?? new AbortController().signal,
    progress: async () => undefined,
    log: async () => undefined,
  };
  return scanUploadHandler({
    dependencies,
    readVex: async () => ({ statements: [], problems: [] }),
    collectUpload: collectOutside(data).collectUpload,
  }).run({ uploadId: id }, context);
}

async function findings(): Promise<readonly string[]> {
  const { rows } = await fixture.database.pool.query<{ text: string }>(
    `select r.key || ' ' || f.vulnerability_id || ' ' || f.status as text
     from finding f join resource r on r.id = f.resource_id order by r.key, f.vulnerability_id`,
  );
  return rows.map(({ text }) => text);
}

/** What `docker save` writes: a manifest, a configuration, layers. */
async function dockerSave(version: string): Promise<Uint8Array> {
  const layers = [await layerTar({ 'srv/readme': 'base' }), await layerTar({ [`srv/${AT}`]: npm(version) })];
  const config = JSON.stringify({
    os: 'linux',
    architecture: 'amd64',
    rootfs: { type: 'layers', diff_ids: layers.map(sha256) },
    history: [{ created_by: 'ADD base' }, { created_by: 'RUN npm install minimist' }],
  });
  const manifest = [{ Config: 'config.json', RepoTags: ['app:1'], Layers: ['0.tar', '1.tar'] }];
  return layerTar({
    'manifest.json': JSON.stringify(manifest),
    'config.json': config,
    '0.tar': layers[0] ?? '',
    '1.tar': layers[1] ?? '',
  });
}

const LOCK = JSON.stringify({
  lockfileVersion: 3,
  packages: { '': {}, 'node_modules/minimist': { version: '1.2.5' } },
});
const SBOM = JSON.stringify({
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  components: [{ type: 'library', name: 'minimist', version: '1.2.5', purl: 'pkg:npm/minimist@1.2.5' }],
});

describe('a file that was handed in', () => {
  it.each<[UploadKind, string, () => Promise<Uint8Array>]>([
    ['image', 'app.tar', () => dockerSave('1.2.5')],
    ['image', 'app.tar.gz', async () => gzipSync(await dockerSave('1.2.5'))],
    ['function', 'handler.zip', async () => buildZip([{ name: AT, content: npm('1.2.5') }])],
    ['source', 'src.zip', async () => buildZip([{ name: 'app/package-lock.json', content: LOCK }])],
    ['source', 'src.tar.gz', async () => gzipSync(await layerTar({ 'app/package-lock.json': LOCK }))],
    ['sbom', 'bom.json', async () => Buffer.from(SBOM)],
  ])('as %s %s comes to the same finding', async (kind, name, bytes) => {
    const result = await scan(kind, name, await bytes());

    expect(result.message).toMatch(/: 1 package, 1 finding: 1 opened, 0 fixed\./);
    expect(await findings()).toEqual([`${kind}:upload/${name} CVE-2021-44906 ACTIVE`]);
    const resource = await fixture.database.prisma.resource.findFirst();
    expect(resource).toMatchObject({ kind, name, accountId: 'local' });
  });

  it('is closed by the next build of the same name, and by no other', async () => {
    await scan('image', 'app', await dockerSave('1.2.5'));
    await scan('image', 'other', await dockerSave('1.2.5'));

    now = new Date(NOW.getTime() + 60_000);
    await scan('image', 'app', await dockerSave('1.2.8'));

    expect(await findings()).toEqual([
      'image:upload/app CVE-2021-44906 CLOSED',
      'image:upload/other CVE-2021-44906 ACTIVE',
    ]);
  });

  it('as an image is kept with its layers and the instruction of each, and the package names its layer', async () => {
    await scan('image', 'app', await dockerSave('1.2.5'));

    const resource = await fixture.database.prisma.resource.findFirst();
    const image = resource?.image as unknown as { layers: readonly { digest: string; instruction: string }[] };
    const [link] = await fixture.database.prisma.inventoryPackage.findMany();
    expect(image.layers.map(({ instruction }) => instruction)).toEqual(['ADD base', 'RUN npm install minimist']);
    expect(link?.layer).toBe(image.layers[1]?.digest);
  });

  it.each<[UploadKind, string, RegExp]>([
    ['image', 'no image at all', /^The image could not be scanned: /],
    ['function', 'no zip', /^The function could not be scanned: .*zip archive/],
    ['source', 'no archive', /^The source archive could not be scanned: /],
    ['sbom', '{"a": 1}', /^The SBOM could not be scanned: /],
  ])(
    'that is no %s is said in a sentence without a path of the machine, and makes no resource',
    async (kind, text, sentence) => {
      const failing = scan(kind, 'x', Buffer.from(text));

      await expect(failing).rejects.toThrow(sentence);
      await expect(failing).rejects.not.toThrow(data);
      expect(await fixture.database.prisma.resource.count()).toBe(0);
    },
  );

  it('leaves nothing on the disk, whether it was read or not, and is there for another try', async () => {
    await scan('function', 'a.zip', buildZip([{ name: AT, content: npm('1.2.5') }]));
    await scan('function', 'b.zip', Buffer.from('no zip')).catch(() => undefined);

    expect(readdirSync(join(data, 'tmp', 'uploads'))).toEqual([]);
    expect(await fixture.database.prisma.upload.count()).toBe(2);
  });

  it('a job that is stopped keeps the file for the worker that runs it next', async () => {
    const stop = new AbortController();
    stop.abort(new Error('the worker stops'));

    await expect(scan('image', 'app', await dockerSave('1.2.5'), stop.signal)).rejects.toThrow();

    expect(await fixture.database.prisma.upload.count()).toBe(1);
    expect(await findings()).toEqual([]);
  });

  it('whose pieces are not what was sent is not read', async () => {
    const { uploads } = fixture.stores;
    const save = uploads.save.bind(uploads);
    const bytes = await dockerSave('1.2.5');
    const changed = {
      ...uploads,
      save: async (...args: Parameters<typeof save>) => {
        const upload = await save(...args);
        await fixture.database.pool.query("update upload_chunk set content = '\\x00'::bytea where upload_id = $1", [
          upload.id,
        ]);
        return upload;
      },
    };
    fixture = { ...fixture, stores: { ...fixture.stores, uploads: changed } };

    await expect(scan('image', 'app', bytes)).rejects.toThrow('not the one that was sent');
  });

  it('what a killed worker left is gone at the next start', async () => {
    await scan('function', 'a.zip', buildZip([{ name: AT, content: npm('1.2.5') }]));

    await removeLeftFiles(data);

    expect(existsSync(join(data, 'tmp', 'uploads'))).toBe(false);
  });
});
