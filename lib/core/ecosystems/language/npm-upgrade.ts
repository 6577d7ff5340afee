import { shellLine } from '../../model/shell-line.ts';
import { besideFile, fileOf, lineWay, type UpgradedPackage, type UpgradeWay } from '../upgrade-way.ts';

/** Names of npm, with or without a scope; the signs that very old names alone have are left out. */
export const NPM_NAME = /^(?:@[A-Za-z0-9~_.-]+\/)?[A-Za-z0-9~_][A-Za-z0-9~._-]*$/;

const INDIRECT = 'Where nothing but other packages asks for it';

/** By the tool whose lock file names the package; of what is installed, by npm. */
export function npmUpgrades(pkg: UpgradedPackage, fixedVersion: string): readonly UpgradeWay[] {
  const { name, path } = pkg;
  const wanted = `${name}@${fixedVersion}`;
  const line = (...words: readonly string[]) => besideFile(path, { command: shellLine(...words) });
  const pinned = (field: object, ...words: readonly string[]): UpgradeWay => ({
    ...line(...words),
    when: INDIRECT,
    edit: { file: 'package.json', text: JSON.stringify(field, null, 2).slice(2, -2).replaceAll(/^ {2}/gm, '') },
  });
  switch (fileOf(path)) {
    case 'yarn.lock':
      return [
        { ...line('yarn', 'upgrade', wanted), when: 'With Yarn 1' },
        { ...line('yarn', 'up', wanted), when: 'With Yarn 2 or later' },
        pinned({ resolutions: { [name]: fixedVersion } }, 'yarn', 'install'),
      ];
    case 'pnpm-lock.yaml':
      return [
        line('pnpm', 'update', wanted),
        pinned({ pnpm: { overrides: { [name]: fixedVersion } } }, 'pnpm', 'install'),
      ];
    case 'bun.lock':
    case 'bun.lockb':
      return [line('bun', 'add', wanted), pinned({ overrides: { [name]: fixedVersion } }, 'bun', 'install')];
    case 'deno.lock':
      return [line('deno', 'add', `npm:${wanted}`)];
    case 'package.json':
      return installed(pkg, fixedVersion, pinned);
    default:
      return [line('npm', 'install', wanted), overridden(pkg, fixedVersion, pinned)];
  }
}

type Pinned = (field: object, ...words: readonly string[]) => UpgradeWay;

function overridden({ name }: UpgradedPackage, fixedVersion: string, pinned: Pinned): UpgradeWay {
  return pinned({ overrides: { [name]: fixedVersion } }, 'npm', 'update', name);
}

/** A package below `node_modules`: of all users, inside such a one, or of the project around it. */
function installed(pkg: UpgradedPackage, fixedVersion: string, pinned: Pinned): readonly UpgradeWay[] {
  const wanted = `${pkg.name}@${fixedVersion}`;
  const [project = '', ...inner] = pkg.path.split(/(?:^|\/)node_modules\//);
  const outer = /^(?:@[^/]+\/)?[^/]+/.exec(inner[0] ?? '')?.[0] ?? '';
  if (/(?:^|\/)lib$/.test(project)) {
    if (outer === pkg.name) return [lineWay('npm', 'install', '--global', wanted)];
    return NPM_NAME.test(outer)
      ? [{ ...lineWay('npm', 'install', '--global', `${outer}@latest`), when: `It came with ${outer}` }]
      : [];
  }
  const folder = project === '' ? '.' : project;
  return [
    { ...lineWay('npm', 'install', wanted), folder },
    { ...overridden(pkg, fixedVersion, pinned), folder },
  ];
}
