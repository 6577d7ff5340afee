import { compareVersions } from '../core/versions/compare-versions.ts';
import { schemes } from '../core/versions/registry.ts';
import type { VersionScheme } from '../core/versions/scheme.ts';
import { SAMPLE_ADVISORY_FACTS } from './advisories.ts';
import type { SampleRange } from './advisory-facts.ts';
import { SAMPLE_NPM, SAMPLE_PYPI, type SampleLanguagePackage } from './language-packages.ts';
import { SAMPLE_PACKAGES, type SampleRelease, type SampleSource } from './packages.ts';
import type { SampleContents, SampleThing } from './sample-thing.ts';

/** The files of a thing in a wave, by path: what a collector would find on the disk or in the archive. */
export function sampleFiles(thing: SampleThing, wave: number): ReadonlyMap<string, string> {
  const patched = thing.patchedIn.findLast((patch) => patch <= wave) ?? null;
  const { contents } = thing;
  const files = new Map<string, string>();
  if (contents.release) addRelease(files, contents.release, contents, patched);
  // A function is its archive; on a machine or in an image an application has a folder of its own.
  const root = contents.release ? 'srv/app/' : '';
  for (const entry of contents.npm ? SAMPLE_NPM[contents.npm] : []) addNpm(files, root, entry, patched);
  const packages = contents.release ? 'srv/app/lib/python3/site-packages/' : '';
  for (const entry of contents.python ? SAMPLE_PYPI[contents.python] : []) addPython(files, packages, entry, patched);
  return files;
}

function addRelease(
  files: Map<string, string>,
  release: SampleRelease,
  contents: SampleContents,
  patched: number | null,
): void {
  const facts = SAMPLE_PACKAGES[release];
  files.set('etc/os-release', facts.osRelease);
  if (contents.state === 'no-database') return;
  const sources = [...facts.base, ...(contents.role ? facts.roles[contents.role] : [])];
  files.set('var/lib/dpkg/status', sources.map((entry) => stanzasOf(entry, facts.osvEcosystem, patched)).join(''));
}

function stanzasOf(entry: SampleSource, osvEcosystem: string, patched: number | null): string {
  const version = versionAfter(schemes.deb, osvEcosystem, entry.source, entry.version, patched);
  return entry.binaries
    .map((binary) => {
      const source = binary === entry.source ? '' : `Source: ${entry.source}\n`;
      return `Package: ${binary}\nStatus: install ok installed\nArchitecture: amd64\n${source}Version: ${version}\n\n`;
    })
    .join('');
}

function addNpm(files: Map<string, string>, root: string, entry: SampleLanguagePackage, patched: number | null): void {
  const version = versionAfter(schemes.semver, 'npm', entry.name, entry.version, patched);
  files.set(`${root}node_modules/${entry.name}/package.json`, `${JSON.stringify({ name: entry.name, version })}\n`);
}

function addPython(
  files: Map<string, string>,
  root: string,
  entry: SampleLanguagePackage,
  patched: number | null,
): void {
  const version = versionAfter(schemes.pep440, 'PyPI', entry.name, entry.version, patched);
  const path = `${root}${entry.name}-${version}.dist-info/METADATA`;
  files.set(path, `Metadata-Version: 2.1\nName: ${entry.name}\nVersion: ${version}\n\n`);
}

const ranges = new Map<string, { readonly wave: number; readonly range: SampleRange }[]>();
for (const fact of SAMPLE_ADVISORY_FACTS) {
  for (const range of fact.affected) {
    const key = `${range[0]}/${range[1]}`;
    ranges.set(key, [...(ranges.get(key) ?? []), { wave: fact.wave, range }]);
  }
}

/** The version after bringing a package up to date in a wave: the greatest fix known by then, else what was there. */
function versionAfter(
  scheme: VersionScheme,
  osvEcosystem: string,
  name: string,
  installed: string,
  patched: number | null,
): string {
  if (patched === null) return installed;
  let version = installed;
  for (const { wave, range } of ranges.get(`${osvEcosystem}/${name}`) ?? []) {
    const fixed = range[3];
    if (wave <= patched && compareVersions(scheme, version, fixed) === -1) version = fixed;
  }
  return version;
}
