import type { FileTree, ListedFile } from '../../ports/file-tree.ts';
import type { DiskVolume } from './disk-volumes.ts';
import { readFstab } from './fstab.ts';
import type { VolumeNames } from './volume-names.ts';

/** A volume of one of the disks of a machine. */
export interface MachineVolume {
  /** What people call it: `vol-0a41c2, partition 1`. */
  readonly name: string;
  readonly volume: DiskVolume;
}

/** The files of a machine that is switched off or was not asked, as it would mount them. */
export interface Machine {
  /** Null where no volume holds an operating system. */
  readonly tree: FileTree | null;
  /** What of the machine is not in the tree, in one sentence for each volume. */
  readonly missing: readonly string[];
}

const RELEASES = ['etc/os-release', 'usr/lib/os-release', 'etc/redhat-release', 'etc/system-release'];
const TABLE_BYTES_MAX = 64 * 1024;

/**
 * Puts the volumes of a machine together by the table of file systems that the one with the operating system has. The first volume
 * with one is the root; a volume that no line of the table names is not part of the tree and is said.
 */
export async function machineTree(volumes: readonly MachineVolume[]): Promise<Machine> {
  const missing = volumes.flatMap(({ name, volume }) =>
    volume.tree === null && volume.refused !== null ? [`${name} ${volume.refused}.`] : [],
  );
  const readable = volumes.flatMap(({ name, volume }) =>
    volume.tree === null ? [] : [{ name, tree: volume.tree, names: volume.names }],
  );
  const root = await firstWithSystem(readable);
  if (root === null) {
    return { tree: null, missing: [...missing, 'No volume holds an operating system that is known here.'] };
  }
  const table = await root.tree.read('etc/fstab', { start: 0, end: TABLE_BYTES_MAX });
  const mounted = new Map<string, ReadableVolume>([['', root]]);
  for (const { device, path } of readFstab(table === null ? '' : new TextDecoder().decode(table))) {
    const found = readable.find((one) => one !== root && isNamed(one, device));
    if (path !== '' && found !== undefined) mounted.set(path, found);
  }
  const used = new Set(mounted.values());
  const idle = readable.filter((one) => !used.has(one));
  return {
    tree: mounted.size === 1 ? root.tree : mountedTree(mounted),
    missing: [
      ...missing,
      ...idle.map(({ name }) => `${name} is not mounted by the table of file systems; its files are not read.`),
    ],
  };
}

interface ReadableVolume {
  readonly name: string;
  readonly tree: FileTree;
  readonly names: VolumeNames;
}

async function firstWithSystem(volumes: readonly ReadableVolume[]): Promise<ReadableVolume | null> {
  for (const volume of volumes) {
    for (const path of RELEASES) {
      if ((await volume.tree.read(path, { start: 0, end: 1 })) !== null) return volume;
    }
  }
  return null;
}

/** Names of devices change from one start to the next, so a line with one of those names no volume. */
function isNamed({ names: { uuid, label } }: ReadableVolume, device: string): boolean {
  const [kind, value = ''] = device.split('=', 2);
  if (kind === 'UUID') return uuid !== null && value.toLowerCase() === uuid;
  return kind === 'LABEL' && label !== null && value === label;
}

/** The deepest mount that holds a path has it; what lies below a mount in the volume above is hidden, as on the machine. */
function mountedTree(mounted: ReadonlyMap<string, ReadableVolume>): FileTree {
  const byDepth = [...mounted].toSorted(([one], [other]) => other.length - one.length);
  const holderOf = (path: string) => byDepth.find(([at]) => at === '' || path === at || path.startsWith(`${at}/`));

  async function* list(): AsyncGenerator<ListedFile> {
    for (const [at, { tree }] of mounted) {
      for await (const file of tree.list()) {
        const path = at === '' ? file.path : `${at}/${file.path}`;
        if (holderOf(path)?.[0] === at) yield { ...file, path };
      }
    }
  }

  return {
    list,
    async read(path, range) {
      const [at, volume] = holderOf(path) ?? [];
      return at === undefined || volume === undefined
        ? null
        : volume.tree.read(at === '' ? path : path.slice(at.length + 1), range);
    },
    problems: () =>
      [...mounted].flatMap(([at, { tree }]) =>
        tree.problems().map(({ path, message }) => ({ path: at === '' ? path : `${at}/${path}`, message })),
      ),
  };
}
