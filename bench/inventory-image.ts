import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type LayerFiles, layerTar } from '../lib/testing/layer-tar.ts';
import { writeOciLayout } from '../lib/testing/oci-layout.ts';
import { programPath } from '../lib/testing/peer-programs.ts';
import { createRandom, pick } from '../lib/testing/random.ts';
import { SEED } from './generated-estate.ts';

export interface BenchImages {
  /** An OCI layout with `base`, of one layer, and `app`, which has another one on top of it. */
  readonly layout: string;
  readonly size: string;
}

const WORDS = ['buffer', 'parser', 'header', 'socket', 'return', 'static', 'length', 'struct', 'window', 'cursor'];
/** What makes the smallest Debian an image as people have them. */
const ADDED = 'ca-certificates,curl,python3';
const DEBIAN_MILLISECONDS_MAX = 300_000;
const FILES = 9_000;
const FILE_BYTES = 23_000;
const SYSTEM_PACKAGES = 90;
const APP_PACKAGES = 200;

/** A Debian system of about 200 MB where mmdebstrap and a mirror are at hand, else files of a fixed seed; and an application on it. */
export async function makeImages(directory: string): Promise<BenchImages> {
  const layout = join(directory, 'layout');
  mkdirSync(layout);
  const system = debian(directory);
  const base = { tar: system ?? (await generated()) };
  const app = { tar: await layerTar(application()) };
  writeOciLayout(layout, [
    { name: 'base', layers: [base] },
    { name: 'app', layers: [base, app] },
  ]);
  const what = system === null ? `generated files, seed ${SEED}` : `Debian 12 with ${ADDED}`;
  return { layout, size: `${Math.round(base.tar.length / 1_000_000)} MB (${what})` };
}

function debian(directory: string): Buffer | null {
  const program = programPath('mmdebstrap');
  const path = join(directory, 'debian.tar');
  if (program === null) {
    return null;
  }
  try {
    const flags = ['--quiet', '--variant=minbase', `--include=${ADDED}`];
    execFileSync(program, [...flags, 'bookworm', path], { stdio: 'ignore', timeout: DEBIAN_MILLISECONDS_MAX });
    return readFileSync(path);
  } catch {
    // No mirror, or no right to make one: the generated files take its place, and the row says so.
    return null;
  } finally {
    rmSync(path, { force: true });
  }
}

/** As many files, bytes and packages as a small Debian has; half of them hardly pack at all, as programs do. */
function generated(): Promise<Buffer> {
  const random = createRandom(SEED);
  const stanzas = Array.from(
    { length: SYSTEM_PACKAGES },
    (_, n) => `Package: package-${n}\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.${n}-1\n\n`,
  );
  const files: Record<string, string | Uint8Array> = {
    'etc/os-release': 'ID=debian\nVERSION_ID="12"\n',
    'var/lib/dpkg/status': stanzas.join(''),
  };
  for (let n = 0; n < FILES; n += 1) {
    const isText = n % 2 === 0;
    const path = isText ? `usr/share/doc/package-${n % SYSTEM_PACKAGES}/${n}.txt` : `usr/lib/package/${n}.so`;
    files[path] = isText ? textOf(random) : Uint8Array.from({ length: FILE_BYTES }, () => random() * 256);
  }
  return layerTar(files);
}

function textOf(random: () => number): string {
  return Array.from({ length: FILE_BYTES / 7 }, () => pick(random, WORDS)).join(' ');
}

function application(): LayerFiles {
  return Object.fromEntries(
    Array.from({ length: APP_PACKAGES }, (_, n) => [
      `srv/app/node_modules/package-${n}/package.json`,
      JSON.stringify({ name: `package-${n}`, version: `1.${n}.0` }),
    ]),
  );
}
