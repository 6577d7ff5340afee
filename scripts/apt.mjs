// Brings in packages of Debian and Ubuntu, where that works without a question.
import { mkdirSync } from 'node:fs';
import { capture } from './run-step.mjs';

/**
 * Installs packages; true when all of them are there.
 * @param {string} root
 * @param {readonly string[]} packages
 */
export async function installWithApt(root, packages) {
  const isRoot = process.getuid?.() === 0;
  const sudo = isRoot ? [] : ['sudo', '-n'];
  const run = async (...words) => {
    const [program, ...args] = [...sudo, ...words];
    return (await capture(program, args, { cwd: root, env: { DEBIAN_FRONTEND: 'noninteractive' } })).code === 0;
  };
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', ...packages];
  if (await run(...install)) return true;
  return (await run('apt-get', 'update')) && (await run(...install));
}

/**
 * Unpacks a package into a folder without installing it: nothing of the system changes and no service starts.
 * @param {string} folder
 * @param {string} name
 */
export async function unpackWithApt(folder, name) {
  mkdirSync(folder, { recursive: true });
  const script = 'rm -f -- "$1"_*.deb && apt-get download -q "$1" && dpkg-deb -x "$1"_*.deb . && rm -f -- "$1"_*.deb';
  return (await capture('sh', ['-c', script, 'sh', name], { cwd: folder })).code === 0;
}
