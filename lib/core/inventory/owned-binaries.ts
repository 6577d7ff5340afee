import type { Package } from '../model/package.ts';
import { OWNER_WORDS } from '../parsers/binary-rules.ts';

/** Where distributions put programs and libraries; administrators install below /usr/local and /opt. */
const SYSTEM_PLACE = /^(?:usr\/)?(?:s?bin|lib(?:32|64|exec|x32)?|share|include)\//;

/**
 * Tells programs that a package of the distribution brought from copied ones: it stands where such packages put files, a package named
 * after the program is installed, and that package's version holds the very version that was read. A copy of another version
 * under the same path stays, and so does one whose distribution has no such package.
 */
export function ownedBinaries(systemPackages: readonly Package[]): (pkg: Package) => boolean {
  return (pkg) => {
    if (pkg.ecosystem !== 'generic' || !SYSTEM_PLACE.test(pkg.path)) {
      return false;
    }
    const words = OWNER_WORDS[pkg.name] ?? [pkg.name];
    return systemPackages.some(
      (system) =>
        words.some((word) => system.name.includes(word) || system.sourceName?.includes(word) === true) &&
        spellings(pkg).some((version) => holdsVersion(system.version, version)),
    );
  };
}

/** Java 8 has three ways to write its version: `8.0.392`, `8u392` and `1.8.0.392`. */
function spellings({ name, version }: Package): readonly string[] {
  const old = name === 'java' ? /^8\.0\.([0-9]+)$/.exec(version)?.[1] : undefined;
  return old === undefined ? [version] : [version, `8u${old}`, `1.8.0.${old}`];
}

/** `1:2.39.5-0+deb12u3` holds `2.39.5`, and neither `2.39` nor `39.5`. */
function holdsVersion(text: string, version: string): boolean {
  for (let at = text.indexOf(version); at !== -1; at = text.indexOf(version, at + 1)) {
    const before = text[at - 1] ?? '';
    const after = text.slice(at + version.length, at + version.length + 2);
    if (!/[0-9.]/.test(before) && !/^(?:[0-9]|\.[0-9])/.test(after)) {
      return true;
    }
  }
  return false;
}
