import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectHost } from '../lib/core/inventory/host-filesystem.ts';
import { openHostDirectory } from '../lib/filesystem/host-directory.ts';
import { programPath } from '../lib/testing/peer-programs.ts';
import { type BenchmarkRow, inTurn } from './benchmark.ts';
import { SEED, writeHost } from './generated-estate.ts';

const PACKAGES_EACH = 1_000;
const FILES = 200_000;
const FILES_OF_FOLDER = 100;
const RUNS = 3;

/** A host of 3,000 packages among 200,000 other files. */
export async function hostInventory(root: string): Promise<readonly BenchmarkRow[]> {
  writeHost(root, PACKAGES_EACH);
  for (let folder = 0; folder < FILES / FILES_OF_FOLDER; folder += 1) {
    const path = join(root, 'usr', 'share', `area-${folder % 50}`, `part-${folder}`);
    mkdirSync(path, { recursive: true });
    for (let n = 0; n < FILES_OF_FOLDER; n += 1) writeFileSync(join(path, `file-${n}.txt`), '');
  }
  const signal = new AbortController().signal;
  let packages = 0;
  const ours = async (): Promise<void> => {
    const inventory = await collectHost(openHostDirectory(root, { signal, exclude: [] }), signal);
    packages = inventory.packages.length;
  };
  const row = { name: 'large host', unit: 'ms' };
  try {
    const pair = await inTurn(RUNS, ours, programPath('find') === null ? null : () => walkAndQuery(root));
    const peer = `find -type f${programPath('dpkg-query') === null ? '' : ' and dpkg-query -W'}`;
    const size = `${packages} packages, ${FILES} other files, seed ${SEED}`;
    return [{ ...row, size, figure: pair.ours, peer: pair.peer === null ? null : peer, peerFigure: pair.peer }];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function walkAndQuery(root: string): void {
  execFileSync('find', [root, '-type', 'f'], { stdio: 'ignore' });
  if (programPath('dpkg-query') !== null) {
    execFileSync('dpkg-query', ['--admindir', join(root, 'var/lib/dpkg'), '-W'], { stdio: 'ignore' });
  }
}
