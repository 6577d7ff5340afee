import { closeSync, constants, fstatSync, lstatSync, openSync, readlinkSync, readSync } from 'node:fs';

/** As many links as Linux itself follows before it gives up. */
const LINKS_MAX = 40;
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Opens a regular file under the root and hands its descriptor and size to `use`; null where there is none.
 * Symbolic links are resolved as if the root were `/`, so neither a link nor `..` can name anything outside it.
 */
export function withFileInside<T>(root: string, path: string, use: (descriptor: number, size: number) => T): T | null {
  const real = resolveInside(root, path);
  if (real === null) {
    return null;
  }
  const descriptor = openOrNull(real);
  if (descriptor === null) {
    return null;
  }
  try {
    const stat = fstatSync(descriptor);
    // Someone who can write below the root might swap a directory for a link between the check and the opening.
    return stat.isFile() && isStillAt(descriptor, real) ? use(descriptor, stat.size) : null;
  } finally {
    closeSync(descriptor);
  }
}

/** Reads a part of an open file; shorter than asked where the file ends earlier. */
export function readPart(descriptor: number, start: number, end: number): Uint8Array {
  const buffer = Buffer.allocUnsafe(Math.max(0, end - start));
  let filled = 0;
  while (filled < buffer.length) {
    const count = readSync(descriptor, buffer, filled, buffer.length - filled, start + filled);
    if (count === 0) {
      break;
    }
    filled += count;
  }
  return buffer.subarray(0, filled);
}

/** The absolute path that a relative one names once its links are resolved; null where it does not exist. */
function resolveInside(root: string, path: string): string | null {
  const pending = path.split('/').reverse();
  const resolved: string[] = [];
  let links = 0;
  while (pending.length > 0) {
    const part = pending.pop() ?? '';
    if (part === '' || part === '.') {
      continue;
    }
    if (part === '..') {
      resolved.pop();
      continue;
    }
    const target = linkTarget(absolute(root, [...resolved, part]));
    if (target === 'absent') {
      return null;
    }
    if (target === 'no-link') {
      resolved.push(part);
      continue;
    }
    links += 1;
    if (links > LINKS_MAX) {
      return null;
    }
    if (target.text.startsWith('/')) {
      resolved.length = 0;
    }
    pending.push(...target.text.split('/').reverse());
  }
  return absolute(root, resolved);
}

function linkTarget(path: string): 'absent' | 'no-link' | { readonly text: string } {
  try {
    return lstatSync(path).isSymbolicLink() ? { text: readlinkSync(path) } : 'no-link';
  } catch (error) {
    if (isAbsence(error)) {
      return 'absent';
    }
    throw error;
  }
}

function openOrNull(path: string): number | null {
  try {
    return openSync(path, OPEN_FLAGS);
  } catch (error) {
    if (isAbsence(error) || ['ELOOP', 'ENXIO', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      return null;
    }
    throw error;
  }
}

/** Linux tells where an open file really is. Elsewhere the check before the opening has to do. */
function isStillAt(descriptor: number, path: string): boolean {
  if (process.platform !== 'linux') {
    return true;
  }
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`) === path;
  } catch {
    return true;
  }
}

function isAbsence(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes((error as NodeJS.ErrnoException).code ?? '');
}

function absolute(root: string, parts: readonly string[]): string {
  return root === '/' ? `/${parts.join('/')}` : [root, ...parts].join('/');
}
