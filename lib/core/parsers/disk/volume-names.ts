import type { ByteSource } from '../byte-source.ts';
import { isExt } from './ext-superblock.ts';
import { isXfs } from './xfs-superblock.ts';

/** By what names a file system table may mean a volume. */
export interface VolumeNames {
  /** In lower case, with dashes; null where the file system has none. */
  readonly uuid: string | null;
  readonly label: string | null;
}

const XFS = { uuidAt: 32, labelAt: 108, labelBytes: 12 } as const;
const EXT = { uuidAt: 1_024 + 104, labelAt: 1_024 + 120, labelBytes: 16 } as const;

/** The id and the label that the file system of a volume has in its first block. */
export async function readVolumeNames(source: ByteSource): Promise<VolumeNames> {
  const kind = (await isXfs(source)) ? XFS : EXT;
  if (kind === EXT && !(await isExt(source))) {
    return { uuid: null, label: null };
  }
  const [uuid, label] = await Promise.all([
    source.read(kind.uuidAt, kind.uuidAt + 16),
    source.read(kind.labelAt, kind.labelAt + kind.labelBytes),
  ]);
  return { uuid: uuid === null ? null : uuidOf(uuid), label: label === null ? null : labelOf(label) };
}

function uuidOf(bytes: Uint8Array): string | null {
  if (bytes.length < 16 || bytes.every((byte) => byte === 0)) {
    return null;
  }
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function labelOf(bytes: Uint8Array): string | null {
  const end = bytes.indexOf(0);
  const text = new TextDecoder().decode(end === -1 ? bytes : bytes.subarray(0, end));
  return text === '' ? null : text;
}
