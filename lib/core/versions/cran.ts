import { compareNumbers } from './numbers.ts';
import type { VersionScheme } from './scheme.ts';
import { VERSION_LENGTH_MAX } from './scheme.ts';

const VERSION = /^[0-9]+(?:[.-][0-9]+)*$/;

/** Versions of R packages: numbers between dots or hyphens, which weigh the same. Rules: package_version of base R. */
export const cran: VersionScheme<readonly string[]> = {
  id: 'cran',
  parse(text) {
    const version = text.length > VERSION_LENGTH_MAX ? '' : text.trim();
    return VERSION.test(version) ? version.split(/[.-]/) : null;
  },
  compare: compareNumbers,
  isDoubtful: () => false,
};
