import { packageKey } from '../../model/ids.ts';
import { shellLine } from '../../model/shell-line.ts';
import { juliaManifest } from '../../parsers/julia-manifest.ts';
import { manifestWithoutLock } from '../../parsers/manifest-without-lock.ts';
import { semver } from '../../versions/semver.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { besideFile } from '../upgrade-way.ts';

/** Julia's General registry. */
export const julia: Ecosystem = {
  id: 'julia',
  displayName: 'Julia',
  family: 'language',
  purlType: 'julia',
  purlNamespaces: [],
  osvName: 'Julia',
  versions: semver,
  parsers: [juliaManifest, manifestWithoutLock],
  normalizeName: (name) => name,
  advisoryKeys: (pkg) => [packageKey('Julia', pkg.name)],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  namePattern: /^[A-Za-z][A-Za-z0-9_]*$/,
  upgrades: ({ name, path }, fixedVersion) => [
    besideFile(path, {
      command: shellLine('julia', '--project=.', '-e', `using Pkg; Pkg.add(name="${name}", version="${fixedVersion}")`),
    }),
  ],
};
