import { execFileSync } from 'node:child_process';

/** Modules with a version, with the standard library; empty where `go` finds none. */
export function modulesByGo(path: string): readonly string[] {
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
