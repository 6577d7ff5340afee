// Tells whether node_modules already is what package-lock.json asks for, for example after `npm ci` by hand.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param {string} root */
export function isInstalled(root) {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const present = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === null || present === null) return false;
  for (const [place, entry] of Object.entries(wanted)) {
    if (place === '') continue;
    const found = present[place];
    // Packages for other systems are optional and rightly absent.
    if (found === undefined && entry.optional) continue;
    if (found === undefined || found.version !== entry.version) return false;
    if (entry.integrity !== undefined && found.integrity !== entry.integrity) return false;
  }
  return true;
}

/** @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }> | null} */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return null;
  }
}
