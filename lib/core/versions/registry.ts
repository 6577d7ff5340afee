import { deb } from './deb.ts';
import { pep440 } from './pep440.ts';
import type { SchemeId, VersionScheme } from './scheme.ts';
import { semver } from './semver.ts';

/** Every version scheme by id. */
export const schemes = { deb, semver, pep440 } as const satisfies Record<SchemeId, VersionScheme>;
