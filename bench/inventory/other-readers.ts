import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { modulesByGo } from '../go-version.ts';
import { type Listed, listedByPurl, systemKey } from './listed.ts';

const OUTPUT_BYTES_MAX = 200_000_000;

/** The states in which dpkg has the files of a package on the disk; the second word of what it says of others is why. */
const PRESENT = new Set(['installed', 'triggers-pending', 'triggers-awaited', 'half-configured', 'unpacked']);

function linesOf(program: string, args: readonly string[]): readonly string[] {
  const text = execFileSync(program, args, {
    encoding: 'utf8',
    maxBuffer: OUTPUT_BYTES_MAX,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return text.split('\n').filter((line) => line !== '');
}

/** What dpkg itself lists of a root. */
export function dpkgLists(root: string): readonly Listed[] {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg writes its fields this way.
  const format = '${Package}\\t${Version}\\t${db:Status-Status}\\n';
  return linesOf('dpkg-query', [
    `--admindir=${join(root, 'var/lib/dpkg')}`,
    '--show',
    `--showformat=${format}`,
  ]).flatMap((line) => {
    const [name = '', version = '', state = ''] = line.split('\t');
    return PRESENT.has(state) ? [{ key: systemKey(name, version), name, version, path: 'var/lib/dpkg/status' }] : [];
  });
}

const RPM_KINDS = [
  ['rpmdb.sqlite', 'sqlite'],
  ['Packages.db', 'ndb'],
  ['Packages', 'bdb_ro'],
] as const;

/** What rpm itself lists; it writes beside the database, so it gets a copy. */
export function rpmLists(folder: string, area: string): readonly Listed[] {
  const kind = RPM_KINDS.find(([name]) => existsSync(join(folder, name)))?.[1] ?? 'sqlite';
  const copy = join(area, `rpm-${folder.replaceAll('/', '-')}`);
  cpSync(folder, copy, { recursive: true });
  for (const path of [copy, ...readdirSync(copy).map((name) => join(copy, name))]) {
    chmodSync(path, 0o755);
  }
  const format = '%{NAME}\\t%{EPOCHNUM}:%{VERSION}-%{RELEASE}\\n';
  const args = ['--query', '--all', '--dbpath', copy, '--define', `_db_backend ${kind}`, '--queryformat', format];
  const { stdout, stderr, status } = spawnSync('rpm', args, { encoding: 'utf8', maxBuffer: OUTPUT_BYTES_MAX });
  // Built without a kind of database, it reads none and ends well.
  if (stderr.includes('dummy database')) {
    throw new Error(`this rpm was built without databases of the kind ${kind}`);
  }
  if (status !== 0) {
    throw new Error('rpm cannot open the database');
  }
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const [name = '', version = ''] = line.split('\t');
    return { key: systemKey(name, version), name, version, path: folder };
  });
}

interface NpmNode {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, NpmNode>>;
}

/** What `npm ls` lists of a project; the project itself is the root of the answer. */
export function npmLists(project: string): readonly Listed[] {
  const text = execFileSync('npm', ['ls', '--all', '--json', '--long=false'], {
    cwd: project,
    encoding: 'utf8',
    maxBuffer: OUTPUT_BYTES_MAX,
  });
  const found: Listed[] = [];
  const walk = (node: NpmNode): void => {
    for (const [name, child] of Object.entries(node.dependencies ?? {})) {
      if (child.version !== undefined) {
        found.push(listedByPurl(`pkg:npm/${name}@${child.version}`, ''));
      }
      walk(child);
    }
  };
  walk(JSON.parse(text) as NpmNode);
  return found;
}

const PYTHON = `
import importlib.metadata, sys
for found in importlib.metadata.distributions(path=sys.argv[1:]):
    print(found.metadata["Name"], found.version, sep="\\t")
`;

/** What Python's own importlib.metadata lists of folders of packages. */
export function pythonLists(folders: readonly string[]): readonly Listed[] {
  return linesOf('python3', ['-c', PYTHON, ...folders]).map((line) => {
    const [name = '', version = ''] = line.split('\t');
    return listedByPurl(`pkg:pypi/${name}@${version}`, '');
  });
}

/** What `go version -m` lists of programs. */
export function goLists(programs: readonly string[]): readonly Listed[] {
  return programs.flatMap((path) =>
    modulesByGo(path).map((line) => {
      const [name = '', version = ''] = line.split(' ');
      return listedByPurl(`pkg:golang/${name}@${encodeURIComponent(version)}`, path);
    }),
  );
}
