import { packageKey } from '../../model/ids.ts';
import { manifestWithoutLock } from '../../parsers/manifest-without-lock.ts';
import { pipfileLock } from '../../parsers/pipfile-lock.ts';
import { normalizePypiName } from '../../parsers/pypi-spelling.ts';
import { pythonDistInfo } from '../../parsers/python-dist-info.ts';
import { pdmLock, poetryLock, pylock, uvLock } from '../../parsers/python-toml-lock.ts';
import { requirementsTxt } from '../../parsers/requirements-txt.ts';
import { pep440 } from '../../versions/pep440.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { PYPI_NAME, pypiUpgrades } from './pypi-upgrade.ts';

/** PyPI. Names are compared in the normalized form of PEP 503. */
export const pypi: Ecosystem = {
  id: 'pypi',
  displayName: 'PyPI',
  family: 'language',
  purlType: 'pypi',
  purlNamespaces: [],
  osvName: 'PyPI',
  versions: pep440,
  parsers: [pythonDistInfo, requirementsTxt, pipfileLock, poetryLock, pdmLock, uvLock, pylock, manifestWithoutLock],
  normalizeName: normalizePypiName,
  advisoryKeys: (pkg) => [packageKey('PyPI', normalizePypiName(pkg.name))],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  namePattern: PYPI_NAME,
  upgrades: pypiUpgrades,
};
