// Decides whether a step of the set-up has to run: not while the SHA-256 of its inputs equals what its stamp says.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/**
 * Names and contents of all files below the paths, in one digest. Paths that do not exist count as absent.
 * @param {string} root
 * @param {readonly string[]} paths
 * @param {(path: string) => boolean} [wants] receives a path relative to the root, with slashes
 */
export function hashInputs(root, paths, wants = () => true) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((path) => filesBelow(join(root, path))).sort()) {
    const name = relative(root, file).split(sep).join('/');
    if (!wants(name)) continue;
    const content = readFileSync(file);
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * @param {string} stamp
 * @param {string} hash
 * @param {readonly string[]} outputs files without which the step has to run whatever the stamp says
 */
export function isCurrent(stamp, hash, outputs) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hash && outputs.every((output) => existsSync(output));
}

/**
 * Runs the work unless its stamp is current. The old stamp goes first, so that a step which is cut off runs again.
 * @param {{ stamp: string, hash: string, outputs: readonly string[], run: () => Promise<void> }} step
 * @returns {Promise<boolean>} whether it ran
 */
export async function runUnlessCurrent({ stamp, hash, outputs, run }) {
  if (isCurrent(stamp, hash, outputs)) return false;
  rmSync(stamp, { force: true });
  await run();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
  return true;
}

/** @param {string} path @returns {string[]} */
function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const child = join(path, entry.name);
    if (entry.isDirectory()) return filesBelow(child);
    return entry.isFile() ? [child] : [];
  });
}
