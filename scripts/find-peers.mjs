// Finds the programs that integration tests are run against, and fetches those that are missing where apt-get can.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installWithApt, unpackWithApt } from './apt.mjs';

/** The registry would start as a service when it is installed, so it is unpacked only. */
const PEERS = [
  { program: 'docker-registry', name: 'docker-registry', isUnpacked: true },
  { program: 'skopeo', name: 'skopeo', isUnpacked: false },
  { program: 'htpasswd', name: 'apache2-utils', isUnpacked: false },
  { program: 'openssl', name: 'openssl', isUnpacked: false },
  { program: 'mkfs.xfs', name: 'xfsprogs', isUnpacked: false },
  { program: 'mkfs.ext4', name: 'e2fsprogs', isUnpacked: false },
  { program: 'sfdisk', name: 'fdisk', isUnpacked: false },
];
/** lib/testing/peer-programs.ts looks here too. */
const FOLDER = join('node_modules', '.cache', 'peers');

/**
 * @param {string} root
 * @param {(line: string) => void} say
 */
export async function findPeers(root, say) {
  const missing = PEERS.filter(({ program }) => !isThere(root, program));
  if (missing.length === 0) return;
  say(`${missing.map(({ program }) => program).join(', ')}: not installed; trying the system’s package manager.`);
  const installed = missing.filter(({ isUnpacked }) => !isUnpacked).map(({ name }) => name);
  if (installed.length > 0) await installWithApt(root, installed);
  for (const { name } of missing.filter(({ isUnpacked }) => isUnpacked)) {
    await unpackWithApt(join(root, FOLDER), name);
  }
  const still = PEERS.filter(({ program }) => !isThere(root, program));
  if (still.length > 0) {
    const names = still.map(({ name }) => name).join(' ');
    say(
      `  SKIPPED: tests against real registries and file systems. Install ${names} (Debian and Ubuntu: "apt-get install ${names}").`,
    );
  }
}

function isThere(root, program) {
  const places = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', join(root, FOLDER, 'usr', 'bin')];
  return places.some((place) => existsSync(join(place, program)));
}
