// `node bench/go-binaries.ts DIRECTORY…`: what the engine reads from every Go program below, beside `go version -m`.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { executable } from '../lib/core/parsers/executable.ts';
import { openHostDirectory } from '../lib/filesystem/host-directory.ts';

const directories = process.argv.slice(2);
if (directories.length === 0) {
  process.stderr.write('Name directories with Go programs: node bench/go-binaries.ts /usr/local/bin\n');
  process.exitCode = 2;
}
let same = 0;
let modules = 0;
for (const directory of directories) {
  const tree = openHostDirectory(directory, { signal: new AbortController().signal });
  for await (const file of tree.list()) {
    if (!executable.wants(file.path, file)) {
      continue;
    }
    const { packages } = await executable.parse(file.path, tree, { distro: null });
    const ours = packages
      .filter(({ ecosystem, confidence }) => ecosystem === 'go' && confidence === undefined)
      .map(({ name, version }) => `${name} ${version}`)
      .sort();
    const theirs = modulesByGo(join(directory, file.path));
    const difference = [
      ...theirs.filter((line) => !ours.includes(line)).map((line) => `- ${line}`),
      ...ours.filter((line) => !theirs.includes(line)).map((line) => `+ ${line}`),
    ];
    same += difference.length === 0 && ours.length > 0 ? 1 : 0;
    modules += ours.length;
    if (difference.length > 0) {
      process.exitCode = 1;
      process.stdout.write(`${file.path}\n${difference.join('\n')}\n`);
    }
  }
}
process.stdout.write(`${same} programs with ${modules} modules agree\n`);

/** Modules with a version, with the standard library; empty where `go` finds none. */
function modulesByGo(path: string): readonly string[] {
  const found: string[] = [];
  for (const [place, line] of versionOf(path).split('\n').entries()) {
    const release = place === 0 ? /: go([0-9.]+(?:rc[0-9]+)?)/.exec(line)?.[1] : undefined;
    const [, kind = '', name, version] = line.split('\t');
    if (release !== undefined) {
      found.push(`stdlib ${release}`);
    } else if (kind === '=>') {
      found.splice(-1, 1, `${name} ${version}`);
    } else if (kind === 'mod' || kind === 'dep') {
      found.push(`${name} ${version}`);
    }
  }
  return found.filter((line) => !/ (?:\(devel\)|undefined|)$/.test(line)).sort();
}

function versionOf(path: string): string {
  try {
    return execFileSync('go', ['version', '-m', path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new Error('This comparison needs the command "go".');
    }
    // Not a Go program.
    return '';
  }
}
