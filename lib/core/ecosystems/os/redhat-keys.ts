import { type PackageKey, packageKey } from '../../model/ids.ts';
import type { Package } from '../../model/package.ts';
import { fromPurl } from '../../parsers/purl.ts';

/** What a statement of Red Hat speaks of: an installed package, or the source that several are built from. */
export interface RedHatComponent {
  readonly name: string;
  /** Module and stream, such as `nodejs:18`; null for packages outside of modules. */
  readonly stream: string | null;
  readonly isSource: boolean;
}

const STREAM = /^[A-Za-z0-9_.+-]{1,100}:[A-Za-z0-9_.+-]{1,100}(?=:|$)/;
/** The mark that a module's build leaves in the release of its packages. */
const MODULAR = /\.module[+_]/;

const SOURCE = '?arch=src';

/** The name under which such a statement stands in the index. Slash, colon and question mark are in no name of an rpm. */
export function redHatName({ name, stream, isSource }: RedHatComponent): string {
  return `${stream === null ? '' : `${stream}/`}${name}${isSource ? SOURCE : ''}`;
}

/** What the name of the package may be in a name of `redHatName`, read with and without a stream in front. */
export function packageNamesIn(text: string): readonly string[] {
  const name = text.endsWith(SOURCE) ? text.slice(0, -SOURCE.length) : text;
  return [name, name.replace(/^[A-Za-z0-9_.+-]{1,100}:[A-Za-z0-9_.+-]{1,100}\//, '')];
}

/** The release as a whole, in which statements stand that hold for all of its repositories. */
export function enterpriseLinuxRelease(major: string): string {
  return `Red Hat:enterprise_linux:${major}`;
}

/** The repositories of a release in which its advisories stand, as CPE endings after `enterprise_linux`. */
export function enterpriseLinuxRepositories(major: string): readonly string[] {
  const names =
    Number(major) < 8
      ? ['server', 'client', 'workstation', 'computenode']
      : ['baseos', 'appstream', 'crb', 'nfv', 'realtime', 'highavailability', 'resilientstorage', 'supplementary'];
  return names.map((name) => `${enterpriseLinuxRelease(major)}::${name}`);
}

/**
 * Keys of a package of a release: what is said of it in a repository, then in the release, then of its source. A package of a
 * module is judged by what is said of its own stream first; statements about packages outside of modules are not
 * about it. Records of OSV name no streams, so those of its repositories are its own as well.
 */
export function enterpriseLinuxKeys(pkg: Package, major: string): readonly PackageKey[] {
  const repositories = enterpriseLinuxRepositories(major);
  const release = enterpriseLinuxRelease(major);
  const keysOf = (stream: string | null): readonly PackageKey[] => {
    const installed = redHatName({ name: pkg.name, stream, isSource: false });
    const source = redHatName({ name: pkg.sourceName ?? pkg.name, stream, isSource: true });
    return [...[...repositories, release].map((place) => packageKey(place, installed)), packageKey(release, source)];
  };
  const stream = streamOf(pkg.purl);
  if (stream === null && !MODULAR.test(pkg.version)) {
    return keysOf(null);
  }
  const unnamed = repositories.map((place) => packageKey(place, pkg.name));
  return stream === null ? unnamed : [...keysOf(stream), ...unnamed];
}

/** Module and stream of a `rpmmod` text such as `nodejs:18:8090020231019152822:a75119d5`; null where it is none. */
export function moduleStream(text: string | undefined): string | null {
  return STREAM.exec(text ?? '')?.[0] ?? null;
}

/** Purl-spec, type rpm: `rpmmod` holds what the package's header calls its MODULARITYLABEL. */
function streamOf(purl: string): string | null {
  return purl.includes('rpmmod=') ? moduleStream(fromPurl(purl)?.qualifiers.rpmmod) : null;
}
