import { alpm } from './alpm.ts';
import { apk } from './apk.ts';
import { conan } from './conan.ts';
import { cran } from './cran.ts';
import { deb } from './deb.ts';
import { gem } from './gem.ts';
import { go } from './go.ts';
import { hackage } from './hackage.ts';
import { hex } from './hex.ts';
import { maven } from './maven.ts';
import { nuget } from './nuget.ts';
import { packagist } from './packagist.ts';
import { pep440 } from './pep440.ts';
import { pub } from './pub.ts';
import { rpm } from './rpm.ts';
import type { SchemeId, VersionScheme } from './scheme.ts';
import { semver } from './semver.ts';

/** Every version scheme by id. */
export const schemes = {
  semver,
  deb,
  rpm,
  apk,
  alpm,
  pep440,
  maven,
  gem,
  nuget,
  packagist,
  go,
  pub,
  hackage,
  cran,
  hex,
  conan,
} as const satisfies Record<SchemeId, VersionScheme>;
