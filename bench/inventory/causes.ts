import { basename, dirname, join } from 'node:path';
import { everyParser } from '../../lib/core/inventory/collector.ts';
import { asObject } from '../../lib/core/model/raw.ts';
import { jsonObject } from '../../lib/core/parsers/structured-text.ts';
import type { Beside } from './beside.ts';
import {
  dependenciesIn,
  escaped,
  isArtifact,
  isForDevelopment,
  isNamedIn,
  isNewFormat,
  isProjectItself,
  isWhole,
  ownedByDpkg,
  textOf,
  wants,
} from './cause-proofs.ts';
import type { Listed } from './listed.ts';

/** A package that one of two readers lists, from one file. */
export interface Difference {
  readonly isOurs: boolean;
  readonly listed: Listed;
  readonly beside: Beside;
}

/** Why one of two lists has a package and the other has not; `holds` proves it on the files and lists at hand. */
interface Cause {
  readonly cause: string;
  holds(listed: Listed, beside: Beside): boolean;
}

const ONLY_OURS: readonly Cause[] = [
  {
    cause: 'It lists no package of a distribution where no os-release names one',
    holds: ({ key }, beside) =>
      key.startsWith('system/') &&
      !['etc/os-release', 'usr/lib/os-release'].some((file) => textOf(beside, file) !== null) &&
      !beside.theirs.some((other) => other.key.startsWith('system/')),
  },
  {
    cause: 'It does not count the standard library of Go',
    holds: ({ key }, { theirs }) =>
      key.startsWith('golang/stdlib@') && !theirs.some((other) => other.key.startsWith('golang/stdlib@')),
  },
  {
    cause: 'It leaves out what a package of dpkg owns, also where another publisher made that package',
    holds: ({ path }, beside) => ownedByDpkg(beside).has(`/${path}`),
  },
  {
    cause: 'It lists nothing from any file of this format, here',
    holds: ({ path }, { theirs }) =>
      everyParser().some((parser) => wants(parser, path) && !theirs.some((other) => wants(parser, other.path))),
  },
  {
    cause:
      'It knows a jar without coordinates by a checksum alone; here manifest and file name tell, marked as less sure',
    holds: ({ key, path }, { inventory, ours }) =>
      inventory.packages.some(
        (pkg, place) => pkg.path === path && ours[place]?.key === key && pkg.confidence !== undefined,
      ),
  },
  {
    cause: 'It lists nothing from files of this name, here',
    holds: ({ path }, { theirs }) => !theirs.some((other) => basename(other.path) === basename(path)),
  },
  {
    cause: 'It does not know this version of the format, and lists nothing that the file names',
    holds: ({ path }, beside) =>
      isNewFormat(path, beside) &&
      !beside.theirs.some((other) => other.path === path && isWhole(other) && isNamedIn(other, beside)),
  },
  {
    cause: 'It leaves out packages for development',
    holds: (listed, beside) => isForDevelopment(listed, textOf(beside, listed.path) ?? '', beside),
  },
  {
    cause: 'It calls pods packages of Swift',
    holds: ({ name, version, path }, { theirs }) =>
      theirs.some(
        (other) =>
          other.path === path && other.version === version && other.name.split('/', 1)[0] === name.toLowerCase(),
      ),
  },
  {
    cause: 'It reads the same line as another version, which is none',
    holds: ({ key, name, path }, { theirs }) =>
      key.startsWith('pypi/') &&
      theirs.some((other) => other.path === path && !isWhole(other) && other.name.startsWith(name.toLowerCase())),
  },
  {
    cause: 'It leaves out a module that go.mod replaces by another version of itself',
    holds: ({ name, version, path }, beside) => {
      const text = textOf(beside, path) ?? '';
      return new RegExp(`${escaped(name)}\\s+=>\\s+${escaped(name)}\\s+v?${escaped(version)}`, 'i').test(text);
    },
  },
  {
    cause: 'It leaves out what Maven takes for running alone, or expects where the program runs',
    holds: ({ name, path }, beside) =>
      dependenciesIn(path, beside).some((one) => isArtifact(one, name) && /<scope>(?:runtime|provided)</.test(one)),
  },
  {
    cause: 'It takes the version of a parent, where the pom itself writes this one',
    holds: ({ name, version, path }, beside) =>
      dependenciesIn(path, beside).some((one) => isArtifact(one, name) && one.includes(`<version>${version}<`)),
  },
  {
    cause: 'It leaves out a dependency whose version is that of the parent of the project',
    holds: ({ name, path }, beside) =>
      dependenciesIn(path, beside).some((one) => isArtifact(one, name) && /<version>\$\{project\.parent\./.test(one)) &&
      !beside.theirs.some((other) => other.path === path && other.name.endsWith(`/${name.split(':')[1]}`)),
  },
  {
    cause: 'It leaves out the runtime that a self-contained program of .NET brings along',
    holds: ({ name, version, path }, beside) => {
      const libraries = asObject(jsonObject(textOf(beside, path) ?? '')?.libraries) ?? {};
      const entries = Object.entries(libraries).map(([key, entry]) => [key.toLowerCase(), entry] as const);
      const own = entries.find(([key]) => key === `runtimepack.${name}/${version}`.toLowerCase());
      return asObject(own?.[1])?.type === 'runtimepack';
    },
  },
  {
    cause: 'It leaves out packages by address',
    holds: ({ name, version, path }, beside) => {
      const text = basename(path) === 'yarn.lock' ? (textOf(beside, path) ?? '') : '';
      const block = text.split('\n\n').find((one) => new RegExp(`^"?${escaped(name)}@[^\\n]*://`, 'm').test(one));
      return block?.includes(`version "${version}"`) ?? false;
    },
  },
  {
    cause:
      'It lists it of the folder on its own: where files share a package, it follows what one of them says, by chance',
    holds: ({ key, path }, beside) =>
      beside.subject.startsWith('lockfiles/') && beside.alone(dirname(path)).some((other) => other.key === key),
  },
];

const ONLY_THEIRS: readonly Cause[] = [
  {
    cause: 'It counts the project itself, which no registry has',
    holds: isProjectItself,
  },
  {
    cause: 'What it lists has no name, or no version that the ecosystem knows',
    holds: (listed) => !isWhole(listed),
  },
  {
    cause: 'It reads modules that are built into the tools of Go, which come with them',
    holds: ({ path }, beside) => {
      const [root, file] = path.split('/src/');
      return file?.endsWith('go.mod') === true && /^go1\./.test(textOf(beside, `${root}/VERSION`) ?? '');
    },
  },
  {
    cause: 'It calls pods packages of Swift, and counts their parts as well',
    holds: ({ key, name, version, path }, { ours }) =>
      key.startsWith('swift/') &&
      ours.some(
        (other) =>
          other.path === path && other.version === version && other.name.toLowerCase() === name.split('/', 1)[0],
      ),
  },
  {
    cause: 'The gem lies in a folder of the project, or in a section that Bundler does not write',
    holds: ({ name, version, path }, beside) => {
      const sections = (textOf(beside, path) ?? '').split(/^(?=[A-Z][A-Z-]*$)/m);
      const own = sections.find((section) => section.includes(`\n    ${name} (${version})`));
      return path.endsWith('Gemfile.lock') && own !== undefined && !/^(?:GEM|GIT)\n/.test(own);
    },
  },
  {
    cause: 'The package puts no file beside the program: the target in deps.json lists none',
    holds: ({ name, path }, beside) => {
      const targets = asObject(jsonObject(textOf(beside, path) ?? '')?.targets) ?? {};
      const entries = Object.values(targets).flatMap((target) => Object.entries(asObject(target) ?? {}));
      const own = entries.filter(([key]) => key.split('/', 1)[0]?.toLowerCase() === name.toLowerCase());
      return own.length > 0 && own.every(([, entry]) => !('runtime' in (asObject(entry) ?? {})));
    },
  },
  {
    cause: 'The package comes with the SDK, whose version is another',
    holds: ({ name, path }, beside) =>
      new RegExp(`^  ${escaped(name)}:\\n(?: {4}.*\\n)*? {4}source: sdk$`, 'm').test(textOf(beside, path) ?? ''),
  },
  {
    cause: 'It takes modules that were never fetched: go.sum has the sum of their go.mod alone',
    holds: ({ name, version, path }, beside) => {
      const sums = (textOf(beside, join(dirname(path), 'go.sum')) ?? '').toLowerCase();
      return sums.includes(`${name} v${version}/go.mod `) && !sums.includes(`${name} v${version} `);
    },
  },
  {
    cause: 'It misreads names of a format that is newer than it',
    holds: (listed, beside) => isNewFormat(listed.path, beside) && !isNamedIn(listed, beside),
  },
  {
    cause: 'It reads the pom that Maven puts into an archive, here unpacked',
    holds: ({ path }) => /\/META-INF\/maven\/.*pom\.xml$/.test(path),
  },
];

/** The cause of a difference; null where none can be proven. */
export function causeOf({ isOurs, listed, beside }: Difference): string | null {
  const causes = isOurs ? ONLY_OURS : ONLY_THEIRS;
  return causes.find((one) => one.holds(listed, beside))?.cause ?? null;
}
