import { afterEachOther, shellLine } from '../../model/shell-line.ts';
import { besideFile, fileOf, lineWay, type UpgradedPackage, type UpgradeWay } from '../upgrade-way.ts';

/** Names of PyPI, by PEP 508. */
export const PYPI_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;

const INDIRECT = 'Where nothing but other packages asks for it';
const SITE = /^(?:(.*)\/)?lib(?:64)?\/(python3?(?:\.[0-9]+)?)\/(?:site|dist)-packages\//;

/** By the tool whose file names the package; of what is installed, by pip of the environment that holds it. */
export function pypiUpgrades({ name, path }: UpgradedPackage, fixedVersion: string): readonly UpgradeWay[] {
  const line = (...words: readonly string[]) => besideFile(path, { command: shellLine(...words) });
  const exact = `${name}==${fixedVersion}`;
  const least = `${name}>=${fixedVersion}`;
  switch (fileOf(path)) {
    case 'poetry.lock':
      return [line('poetry', 'add', `${name}@^${fixedVersion}`), { ...line('poetry', 'update', name), when: INDIRECT }];
    case 'uv.lock': {
      const locked = shellLine('uv', 'lock', '--upgrade-package', exact);
      return [
        besideFile(path, { command: afterEachOther(locked, 'uv sync') }),
        { ...line('uv', 'add', least), when: 'Where pyproject.toml asks for an older one' },
      ];
    }
    case 'pdm.lock':
      return [line('pdm', 'add', least), { ...line('pdm', 'update', name), when: INDIRECT }];
    case 'Pipfile.lock':
      return [line('pipenv', 'upgrade', exact)];
    case 'pylock.toml':
      return [{ ...line('pip', 'lock', '.'), edit: { file: 'pyproject.toml', text: `"${least}"` } }];
  }
  if (/\.(?:txt|in)$/.test(path)) {
    const file = fileOf(path);
    return [{ ...line('pip', 'install', '--requirement', file), edit: { file, text: exact } }];
  }
  return [installed(path, exact)];
}

function installed(path: string, exact: string): UpgradeWay {
  const [, prefix = '', python = ''] = SITE.exec(path) ?? [];
  if (python === '') return lineWay('pip', 'install', exact);
  return ['', 'usr', 'usr/local'].includes(prefix)
    ? lineWay(python, '-m', 'pip', 'install', exact)
    : { ...lineWay('bin/python', '-m', 'pip', 'install', exact), folder: prefix };
}
