import { cpSync, existsSync, mkdirSync, readdirSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { collectImage } from '../../lib/core/inventory/container-image/collect-image.ts';
import { collectDirectory } from '../../lib/core/inventory/directory.ts';
import { collectHost } from '../../lib/core/inventory/host-filesystem.ts';
import type { Inventory } from '../../lib/core/model/inventory.ts';
import { openHostDirectory } from '../../lib/filesystem/host-directory.ts';
import { openOciLayout } from '../../lib/images/oci-layout.ts';
import { programPath } from '../../lib/testing/peer-programs.ts';
import { type Listed, listedOf } from './listed.ts';
import { dpkgLists, goLists, npmLists, pythonLists, rpmLists } from './other-readers.ts';
import {
  esbuildProgram,
  goPrograms,
  jarFolder,
  type Made,
  npmProject,
  pythonEnvironment,
  smallImage,
} from './subjects.ts';
import { type TrivyTarget, trivyLists, trivyProgram } from './trivy.ts';

/** One thing as two readers read it. */
export interface Beside {
  readonly reader: string;
  readonly subject: string;
  /** Where it lies; null for an image. */
  readonly root: string | null;
  readonly inventory: Inventory;
  readonly ours: readonly Listed[];
  readonly theirs: readonly Listed[];
  /** What the other reader lists of a folder of it on its own. */
  readonly alone: (folder: string) => readonly Listed[];
}

/** A comparison that was not made, and why. */
export interface Absent {
  readonly reader: string;
  readonly why: string;
}

export interface BesideAll {
  readonly made: Beside[];
  readonly absent: Absent[];
}

const signal = new AbortController().signal;
/** Folders of this machine that are compared: those of the system and what was added to it. */
const MACHINE = ['bin', 'etc', 'lib', 'lib32', 'lib64', 'opt', 'sbin', 'usr', 'var'];
const LOCK_FOLDERS = ['lockfiles/osv-scalibr', 'lockfiles/syft', 'lockfiles/trivy-parsers'];
/** Modules that name each other in a circle: trivy follows them until its memory is full. */
const ENDLESS = ['lockfiles/trivy-parsers/java/pom/modules-infinity-loop'];
const RPM_FOLDERS = ['var/lib/rpm', 'usr/lib/sysimage/rpm'];
const PROGRAMS = ['docker-registry', 'skopeo'];

/** Compares with every reader that this machine has. */
export async function besideAll(data: string, area: string): Promise<BesideAll> {
  const all: BesideAll = { made: [], absent: [] };
  const hosts = hostsOf(data);
  const project = npmProject(area);
  await besideDatabases(all, hosts, area);
  await besideLanguages(all, project, area);
  await besideTrivy(all, data, hosts, project, area);
  return all;
}

function hostsOf(data: string): readonly string[] {
  const others = new Set(['parser-fixtures', 'rpm-lists', 'dnf-history']);
  return readdirSync(join(data, 'hosts'))
    .filter((name) => !others.has(name))
    .map((name) => join(data, 'hosts', name));
}

async function besideDatabases(all: BesideAll, hosts: readonly string[], area: string): Promise<void> {
  const hasDpkg = isPresent(all, 'dpkg-query', 'dpkg-query');
  const hasRpm = isPresent(all, 'rpm', 'rpm');
  for (const host of hosts.filter((one) => hasDpkg && existsSync(join(one, 'var/lib/dpkg/status')))) {
    await compare(all, 'dpkg-query', basename(host), host, collectHost, dpkgLists);
  }
  for (const host of hosts) {
    const rpm = RPM_FOLDERS.map((folder) => join(host, folder)).find((folder) => existsSync(folder));
    if (hasRpm && rpm !== undefined) {
      await compare(all, 'rpm', basename(host), host, collectHost, () => rpmLists(rpm, area));
    }
  }
}

async function besideLanguages(all: BesideAll, project: Made, area: string): Promise<void> {
  await compareMade(all, 'npm ls', 'old packages of npm', project, npmLists);
  const python = isPresent(all, 'importlib.metadata', 'python3') ? pythonEnvironment(area) : null;
  await compareMade(all, 'importlib.metadata', 'old packages of PyPI', python, (path) => pythonLists([path]));
  if (!isPresent(all, 'go version -m', 'go')) {
    return;
  }
  await compareMade(all, 'go version -m', 'one program built for three systems', goPrograms(area), goListsBelow);
  await compareMade(all, 'go version -m', 'esbuild, as npm has it', esbuildProgram(area), goListsBelow);
  for (const name of PROGRAMS) {
    await compareMade(all, 'go version -m', name, copiedProgram(name, area), goListsBelow);
  }
}

function goListsBelow(folder: string): readonly Listed[] {
  return goLists(readdirSync(folder).map((name) => join(folder, name)));
}

function copiedProgram(name: string, area: string): Made {
  const program = programPath(name);
  if (program === null) {
    return { cannot: `${name} is not installed` };
  }
  const path = join(area, `program-${name}`);
  mkdirSync(path);
  cpSync(realpathSync(program), join(path, name));
  return { path };
}

async function besideTrivy(
  all: BesideAll,
  data: string,
  hosts: readonly string[],
  project: Made,
  area: string,
): Promise<void> {
  const program = trivyProgram();
  if (program === null) {
    all.absent.push({ reader: 'trivy', why: 'it is not installed; `TRIVY` names it where it is not on the path' });
    return;
  }
  const lists = (target: TrivyTarget, skipped: readonly string[] = []): ((path: string) => readonly Listed[]) => {
    return (path) => trivyLists(program, target, path, area, skipped);
  };
  for (const host of hosts) {
    await compare(all, 'trivy', basename(host), host, collectHost, lists('rootfs'));
  }
  for (const folder of LOCK_FOLDERS) {
    const skipped = ENDLESS.filter((path) => path.startsWith(folder)).map((path) => join(data, path));
    await compare(all, 'trivy', folder, join(data, folder), collectDirectory, lists('fs', skipped), skipped);
  }
  await compareMade(all, 'trivy', 'old packages of npm, installed', project, lists('rootfs'));
  await compareMade(all, 'trivy', 'jars of allure-commandline and selenium-server', jarFolder(area), lists('rootfs'));
  const others = readdirSync('/').filter((name) => !MACHINE.includes(name));
  const skipped = others.map((name) => `/${name}`);
  await compare(all, 'trivy', 'this machine', '/', collectHost, lists('rootfs', skipped), skipped);
  const image = 'cannot' in project ? project : await smallImage(area, join(data, 'hosts/debian-12.9-a'), project.path);
  if ('cannot' in image) {
    all.absent.push({ reader: 'trivy', why: image.cannot });
    return;
  }
  const source = await openOciLayout(image.path, { name: null, platform: 'linux/amd64' });
  const inventory = await collectImage(source, { signal, revision: '' });
  const theirs = lists('image')(image.path);
  const ours = listedOf(inventory.packages);
  all.made.push({
    reader: 'trivy',
    subject: 'an image of three layers',
    root: null,
    inventory,
    ours,
    theirs,
    alone: () => [],
  });
}

function isPresent(all: BesideAll, reader: string, program: string): boolean {
  if (programPath(program) !== null) {
    return true;
  }
  all.absent.push({ reader, why: 'it is not installed' });
  return false;
}

async function compareMade(
  all: BesideAll,
  reader: string,
  subject: string,
  made: Made | null,
  theirs: (path: string) => readonly Listed[],
): Promise<void> {
  if (made !== null && 'cannot' in made) {
    all.absent.push({ reader, why: `${subject}: ${made.cannot}` });
  } else if (made !== null) {
    await compare(all, reader, subject, made.path, collectDirectory, theirs);
  }
}

async function compare(
  all: BesideAll,
  reader: string,
  subject: string,
  root: string,
  collect: typeof collectHost,
  lists: (root: string) => readonly Listed[],
  exclude: readonly string[] = [],
): Promise<void> {
  process.stderr.write(`${reader}: ${subject} …\n`);
  const theirs = listsOrReason(() => lists(root));
  if ('cannot' in theirs) {
    all.absent.push({ reader, why: `${subject}: ${theirs.cannot}` });
    return;
  }
  const alone = (folder: string): readonly Listed[] => lists(join(root, folder));
  const inventory = await collect(openHostDirectory(root, { signal, exclude }), signal);
  all.made.push({ reader, subject, root, inventory, ours: listedOf(inventory.packages), theirs: theirs.listed, alone });
}

/** Other readers end with an error too, as rpm does on an empty database; its first line says why. */
function listsOrReason(
  lists: () => readonly Listed[],
): { readonly listed: readonly Listed[] } | { readonly cannot: string } {
  try {
    return { listed: lists() };
  } catch (error) {
    const [first = 'it ended with an error', second = first] = (error as Error).message.trim().split('\n');
    const reason = first.startsWith('Command failed') ? second.replace(/^error: /, '') : first;
    // Places of this machine tell nobody anything.
    return { cannot: reason.replace(/\/\S+/g, '…') };
  }
}
