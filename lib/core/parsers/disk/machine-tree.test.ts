import { describe, expect, it } from 'vitest';
import { memoryTree } from '../../../sample/memory-tree.ts';
import { readFstab } from './fstab.ts';
import { type MachineVolume, machineTree } from './machine-tree.ts';
import type { VolumeNames } from './volume-names.ts';

const [ROOT_ID, VAR_ID] = ['0b7d41c9-e2f8-4a60-9c35-1d2e3f405162', '1c8e52da-f309-4b71-8d46-2e3f40516273'];

function volume(
  name: string,
  files: Readonly<Record<string, string>>,
  names: Partial<VolumeNames> = {},
): MachineVolume {
  const tree = memoryTree(new Map(Object.entries(files)));
  return { name, volume: { number: 1, size: 1, tree, names: { uuid: null, label: null, ...names } } };
}

async function paths(machine: Awaited<ReturnType<typeof machineTree>>): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { path } of machine.tree?.list() ?? []) found.push(path);
  return found.toSorted();
}

const RELEASE = { 'etc/os-release': 'ID=debian\n' };

describe('the table of file systems', () => {
  it('names devices and where they are mounted, the outermost first', () => {
    const text = [
      '# a comment',
      'UUID="1c8e"  /var/lib/my\\040data xfs defaults 0 2',
      'LABEL=cloudimg-rootfs / ext4 discard 0 1',
      '/dev/xvdf1\t/srv/ ext4',
      'tmpfs /tmp tmpfs',
      'UUID=9 none swap sw',
      '//server/share /mnt cifs',
      'UUID=7',
    ].join('\n');

    expect(readFstab(text)).toEqual([
      { device: 'LABEL=cloudimg-rootfs', path: '' },
      { device: '/dev/xvdf1', path: 'srv' },
      { device: 'UUID=1c8e', path: 'var/lib/my data' },
    ]);
  });

  it.each(['', '\0\0', 'x'.repeat(100_000), '/dev/a '.repeat(10_000)])('no text breaks it', (text) => {
    expect(readFstab(text).length).toBeLessThanOrEqual(1_000);
  });
});

describe('a machine', () => {
  const table = `UUID=${ROOT_ID} / xfs\nUUID=${VAR_ID.toUpperCase()} /var ext4\nLABEL=logs /var/log ext4\n`;

  it('has its volumes where its table mounts them, and hides what lies below', async () => {
    const machine = await machineTree([
      volume('vol-1, partition 2', { 'var/lib/dpkg/status': 'hidden' }, { uuid: VAR_ID, label: null }),
      volume('vol-0, partition 1', { ...RELEASE, 'etc/fstab': table, 'var/old': 'hidden' }, { uuid: ROOT_ID }),
      volume('vol-2', { syslog: 'x' }, { label: 'logs' }),
    ]);

    expect(machine.missing).toEqual([]);
    expect(await paths(machine)).toEqual(['etc/fstab', 'etc/os-release', 'var/log/syslog', 'var/var/lib/dpkg/status']);
    expect(await machine.tree?.read('var/old')).toBeNull();
    expect(new TextDecoder().decode((await machine.tree?.read('var/log/syslog')) ?? undefined)).toBe('x');
  });

  it('says which volumes are not part of it, and why', async () => {
    const machine = await machineTree([
      volume('vol-0, partition 1', { ...RELEASE, 'etc/fstab': '/dev/xvdf1 /data ext4\n' }),
      volume('vol-1, partition 1', { a: 'b' }),
      {
        name: 'vol-2',
        volume: { number: 0, size: 1, tree: null, refused: 'is encrypted with LUKS' },
      },
      { name: 'vol-3', volume: { number: 0, size: 1, tree: null, refused: null } },
    ]);

    expect(machine.missing).toEqual([
      'vol-2 is encrypted with LUKS.',
      'vol-1, partition 1 is not mounted by the table of file systems; its files are not read.',
    ]);
    expect(await paths(machine)).toEqual(['etc/fstab', 'etc/os-release']);
  });

  it('without an operating system is none, and not an empty one', async () => {
    const machine = await machineTree([volume('vol-0', { a: 'b' })]);

    expect(machine).toEqual({ tree: null, missing: ['No volume holds an operating system that is known here.'] });
  });
});
