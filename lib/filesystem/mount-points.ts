import { readFileSync } from 'node:fs';

/** File systems that hold no installed software of this machine: kernel views, devices, other machines' disks. */
const FOREIGN_TYPES = new Set([
  'autofs',
  'bpf',
  'ceph',
  'cgroup',
  'cgroup2',
  'cifs',
  'configfs',
  'debugfs',
  'devpts',
  'devtmpfs',
  'efivarfs',
  'fuse.gvfsd-fuse',
  'fuse.portal',
  'fuse.rclone',
  'fuse.s3fs',
  'fuse.sshfs',
  'fusectl',
  'glusterfs',
  'hugetlbfs',
  'lustre',
  'mqueue',
  'ncpfs',
  'nfs',
  'nfs4',
  'nsfs',
  'proc',
  'pstore',
  'ramfs',
  'rpc_pipefs',
  'securityfs',
  'selinuxfs',
  'smb3',
  'smbfs',
  'sysfs',
  'tracefs',
  '9p',
]);

/** Mount points of overlay file systems are running containers, which are scanned as images, not as part of the host. */
const CONTAINER_TYPES = new Set(['overlay', 'fuse.fuse-overlayfs', 'aufs']);

/** Absolute mount points that a walk of the host must not enter, from Linux's mount table; empty on other systems. */
export function foreignMountPoints(mountTable: string = readMountTable()): ReadonlySet<string> {
  const points = new Set<string>();
  for (const line of mountTable.split('\n')) {
    const [mount = '', filesystem = ''] = line.split(' - ');
    const point = decodeOctal(mount.split(' ')[4] ?? '');
    const type = filesystem.split(' ')[0] ?? '';
    if (point.startsWith('/') && point !== '/' && (FOREIGN_TYPES.has(type) || CONTAINER_TYPES.has(type))) {
      points.add(point);
    }
  }
  return points;
}

function readMountTable(): string {
  try {
    return readFileSync('/proc/self/mountinfo', 'utf8');
  } catch {
    return '';
  }
}

/** The kernel writes blanks in a path as `\040`. */
function decodeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
