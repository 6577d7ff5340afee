// Finds the programs that integration tests are run against, and fetches those that are missing where apt-get can.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installWithApt, unpackWithApt } from './apt.mjs';
import { capture } from './run-step.mjs';

/** The registry would start as a service when it is installed, so it is unpacked only. */
const PEERS = [
  { program: 'docker-registry', name: 'docker-registry', isUnpacked: true },
  { program: 'skopeo', name: 'skopeo', isUnpacked: false },
  { program: 'htpasswd', name: 'apache2-utils', isUnpacked: false },
  { program: 'openssl', name: 'openssl', isUnpacked: false },
  { program: 'mkfs.xfs', name: 'xfsprogs', isUnpacked: false },
  { program: 'mkfs.ext4', name: 'e2fsprogs', isUnpacked: false },
  { program: 'sfdisk', name: 'fdisk', isUnpacked: false },
  { program: 'busybox', name: 'busybox', isUnpacked: false },
];
/** lib/testing/peer-programs.ts looks here too. */
const FOLDER = join('node_modules', '.cache', 'peers');

/**
 * @param {string} root
 * @param {(line: string) => void} say
 */
export async function findPeers(root, say) {
  await findPrograms(root, say);
  await findMoto(root, say);
}

/** An emulator of AWS, and the linter of CloudFormation that comes with it. */
const MOTO = ['moto[server]==5.2.1', 'cfn-lint==1.51.0', 'awscli==1.45.11'];
const HAS_MOTO = ['-c', 'import moto.server, flask, cfnlint, awscli'];

async function findMoto(root, say) {
  const folder = join(root, 'node_modules', '.cache', 'moto');
  const own = join(folder, 'bin', 'python3');
  const works = async (python) => (await capture(python, HAS_MOTO, { cwd: root })).code === 0;
  if ((existsSync(own) && (await works(own))) || (await works('python3'))) return;
  say('moto: not installed; trying pip in a folder of its own.');
  const make = ['-m', 'venv', folder];
  if ((await capture('python3', make, { cwd: root })).code !== 0) {
    await installWithApt(root, ['python3', 'python3-venv']);
    await capture('python3', make, { cwd: root });
  }
  await capture(own, ['-m', 'pip', 'install', '--quiet', ...MOTO], { cwd: root });
  if (!existsSync(own) || !(await works(own))) {
    say(
      '  SKIPPED: tests against an emulated AWS. Install Python 3 with pip, then "pip install moto[server] cfn-lint awscli".',
    );
  }
}

async function findPrograms(root, say) {
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
