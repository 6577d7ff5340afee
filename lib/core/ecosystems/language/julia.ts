import { packageKey } from '../../model/ids.ts';
import { shellLine } from '../../model/shell-line.ts';
import { juliaManifest } from '../../parsers/julia-manifest.ts';
import { manifestWithoutLock } from '../../parsers/manifest-without-lock.ts';
import { semver } from '../../versions/semver.ts';
import type { Ecosystem } from '../ecosystem.ts';

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
  // Anything else than a plain name and version would be a program in Julia's own language.
  upgradeCommand: (pkg, fixedVersion) =>
    /^[A-Za-z]\w*$/.test(pkg.name) && /^[0-9A-Za-z.+-]+$/.test(fixedVersion)
      ? shellLine('julia', '-e', `using Pkg; Pkg.add(name="${pkg.name}", version="${fixedVersion}")`)
      : null,
};
