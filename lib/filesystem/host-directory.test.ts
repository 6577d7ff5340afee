import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileTree } from '../core/ports/file-tree.ts';
import { openHostDirectory } from './host-directory.ts';
import { foreignMountPoints } from './mount-points.ts';

/** The user id that owns nothing, by convention of the Linux distributions. */
const NOBODY = 65_534;

const signal = new AbortController().signal;
let area: string;
let root: string;

beforeEach(() => {
  area = mkdtempSync(join(tmpdir(), 'harrier-tree-'));
  root = join(area, 'root');
  mkdirSync(root);
});

afterEach(() => rmSync(area, { recursive: true, force: true }));

function put(path: string, text = path): void {
  mkdirSync(join(area, path, '..'), { recursive: true });
  writeFileSync(join(area, path), text);
}

/** The administrator may read every directory, so that a test about permissions steps down for as long as it lasts. */
async function asOrdinaryUser<T>(work: () => Promise<T>): Promise<T> {
  const isAdministrator = process.geteuid?.() === 0;
  if (isAdministrator) process.seteuid?.(NOBODY);
  try {
    return await work();
  } finally {
    if (isAdministrator) process.seteuid?.(0);
  }
}

async function paths(tree: FileTree): Promise<string[]> {
  const found: string[] = [];
  for await (const file of tree.list()) {
    found.push(file.path);
  }
  return found.sort();
}

async function text(tree: FileTree, path: string): Promise<string | null> {
  const bytes = await tree.read(path);
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

describe('listing', () => {
  it('yields regular files with their size and follows no link', async () => {
    put('root/usr/lib/os-release', 'ID=debian');
    put('outside/secret');
    symlinkSync(join(area, 'outside'), join(root, 'escape'));
    symlinkSync('lib/os-release', join(root, 'usr/link'));

    const tree = openHostDirectory(root, { signal });

    expect(await paths(tree)).toEqual(['usr/lib/os-release']);
    for await (const file of tree.list()) {
      expect(file.size).toBe(9);
    }
  });

  it('leaves out histories, caches, image layers and what the caller excludes', async () => {
    for (const path of ['app/.git/x', 'app/.cache/x', 'var/lib/docker/overlay2/x', 'data/harrier/x', 'app/kept']) {
      put(`root/${path}`);
    }

    expect(await paths(openHostDirectory(root, { signal, exclude: [join(root, 'data/harrier')] }))).toEqual([
      'app/kept',
    ]);
  });

  it('says what lay too deep or was too much', async () => {
    put('root/a/b/c/deep');
    put('root/many/1');
    put('root/many/2');
    put('root/many/3');

    const tree = openHostDirectory(root, { signal, limits: { depthMax: 2, directoryEntriesMax: 2 } });

    expect(await paths(tree)).toHaveLength(2);
    expect(
      tree
        .problems()
        .map((problem) => problem.path)
        .sort(),
    ).toEqual(['a/b/c', 'many']);
  });

  it('stops at the number of entries of the whole walk and says so', async () => {
    for (const name of ['1', '2', '3', '4']) {
      put(`root/${name}`);
    }

    const tree = openHostDirectory(root, { signal, limits: { entriesMax: 3 } });

    expect(await paths(tree)).toHaveLength(3);
    expect(tree.problems()[0]?.message).toContain('more than 3 entries');
  });

  it('reports a directory that it may not read', async () => {
    put('root/closed/file');
    chmodSync(area, 0o755);
    chmodSync(join(root, 'closed'), 0o000);

    const tree = openHostDirectory(root, { signal });
    await asOrdinaryUser(() => paths(tree));
    chmodSync(join(root, 'closed'), 0o755);

    expect(tree.problems()[0]?.path).toBe('closed');
  });

  it('ends when it is told to', async () => {
    put('root/file');
    const controller = new AbortController();
    controller.abort();

    await expect(paths(openHostDirectory(root, { signal: controller.signal }))).rejects.toThrow();
  });
});

describe('reading', () => {
  it('resolves links as if the root were the whole disk', async () => {
    put('root/usr/lib/os-release', 'ID=debian');
    put('secret', 'not yours');
    mkdirSync(join(root, 'etc'));
    symlinkSync('../usr/lib/os-release', join(root, 'etc/relative'));
    symlinkSync('/usr/lib/os-release', join(root, 'etc/absolute'));
    symlinkSync('../../secret', join(root, 'etc/climbing'));
    symlinkSync(join(area, 'secret'), join(root, 'etc/leaving'));
    symlinkSync('loop', join(root, 'etc/loop'));

    const tree = openHostDirectory(root, { signal });

    expect(await text(tree, 'etc/relative')).toBe('ID=debian');
    expect(await text(tree, 'etc/absolute')).toBe('ID=debian');
    expect(await text(tree, 'etc/climbing')).toBeNull();
    expect(await text(tree, 'etc/leaving')).toBeNull();
    expect(await text(tree, 'etc/loop')).toBeNull();
    expect(await text(tree, '../secret')).toBeNull();
    expect(await text(tree, 'usr')).toBeNull();
    expect(await text(tree, 'absent')).toBeNull();
  });

  it('reads a range and stops at the end of the file', async () => {
    put('root/file', '0123456789');
    const tree = openHostDirectory(root, { signal });

    expect(await tree.read('file', { start: 2, end: 4 })).toEqual(Buffer.from('23'));
    expect(await tree.read('file', { start: 8, end: 99 })).toEqual(Buffer.from('89'));
  });
});

it('a root that is no directory is refused with a sentence', () => {
  put('file');

  expect(() => openHostDirectory(join(area, 'file'), { signal })).toThrow('is not a directory');
  expect(() => openHostDirectory(join(area, 'absent'), { signal })).toThrow('cannot be opened');
});

it('network disks, kernel views and running containers are mount points that a walk does not enter', () => {
  const table = [
    '24 1 254:0 / / rw - ext4 /dev/vda rw',
    '25 24 0:5 / /proc rw - proc proc rw',
    '26 24 0:40 / /srv/team\\040files rw shared:1 - nfs4 server:/x rw',
    '27 24 0:41 / /var/lib/x/merged rw - overlay overlay rw',
    '28 24 254:1 / /home rw - xfs /dev/vdb rw',
  ].join('\n');

  expect([...foreignMountPoints(table)]).toEqual(['/proc', '/srv/team files', '/var/lib/x/merged']);
});
