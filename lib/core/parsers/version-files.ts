import type { EcosystemId } from '../model/package.ts';
import { goRelease } from './go-packages.ts';
import { languagePackage } from './language-package.ts';
import { found, noPackage } from './parse-result.ts';
import type { Parser } from './parser.ts';
import { textParser } from './text-parser.ts';

const VERSION = /^[0-9]+(?:\.[0-9]+)*(?:[-+._][0-9A-Za-z.+_-]+)?$/;

interface VersionFile {
  readonly id: string;
  readonly ecosystem: EcosystemId;
  readonly names: readonly string[];
  readonly place: RegExp;
  /** The version; null where the file speaks of something else. */
  read(text: string, path: string): string | null;
}

/** A file in which an unpacked distribution of a program says its exact version. */
function versionFile({ id, ecosystem, names, place, read }: VersionFile): Parser {
  return textParser({
    id,
    wants: (path) => place.test(path),
    bytesMax: 1024 * 1024,
    parse(text, path) {
      const version = read(text, path);
      const fields = { ecosystem, packageManager: 'OTHER', path } as const;
      const packages = names.flatMap((name) =>
        version === null || !VERSION.test(version) ? [] : (languagePackage({ ...fields, name, version }) ?? []),
      );
      return packages.length === 0 ? noPackage(path, `The file names no version of ${names[0]}.`) : found(packages);
    },
  });
}

/** `release` of a JDK or JRE. Java 8 calls itself `1.8.0_392`, which advisories write as `8.0.392`. */
export const javaRelease = versionFile({
  id: 'generic/java-release',
  ecosystem: 'generic',
  names: ['java'],
  place:
    /(?:^|\/)[^/]*(?:j(?:dk|re|ava)|openjdk|jvm|corretto|zulu|temurin|graalvm|semeru|liberica)[^/]*\/(?:[^/]+\/)?release$/i,
  read(text) {
    const version = /^JAVA_VERSION="?([0-9A-Za-z._+-]{1,64})"?\r?$/m.exec(text)?.[1] ?? null;
    const old = version === null ? null : /^1\.([0-9]+)\.0(?:_([0-9]+))?/.exec(version);
    return old === null ? version : `${old[1]}.0.${Number(old[2] ?? 0)}`;
  },
});

/** `node_version.h`, which every unpacked archive of Node.js has. */
export const nodeHeader = versionFile({
  id: 'generic/node-header',
  ecosystem: 'generic',
  names: ['node'],
  place: /(?:^|\/)include\/node\/node_version\.h$/,
  read(text) {
    const part = (name: string): string | undefined =>
      new RegExp(`^#define NODE_${name}_VERSION ([0-9]{1,4})\\r?$`, 'm').exec(text)?.[1];
    const parts = [part('MAJOR'), part('MINOR'), part('PATCH')];
    return parts.includes(undefined) ? null : parts.join('.');
  },
});

/** `VERSION` of an unpacked Go toolchain, which brings the standard library along. */
export const goToolchain = versionFile({
  id: 'go/toolchain',
  ecosystem: 'go',
  names: ['toolchain', 'stdlib'],
  place: /(?:^|\/)go[^/]*\/VERSION$/,
  read: (text) => goRelease(text.split('\n', 1)[0] ?? ''),
});

/** The .NET runtimes that are installed side by side, each in a folder of its version. */
export const dotnetRuntime = versionFile({
  id: 'generic/dotnet-runtime',
  ecosystem: 'generic',
  names: ['dotnet'],
  place: /(?:^|\/)shared\/Microsoft\.NETCore\.App\/[^/]+\/Microsoft\.NETCore\.App\.deps\.json$/,
  read: (_text, path) => path.split('/').at(-2) ?? null,
});

export const aspnetRuntime = versionFile({
  id: 'generic/aspnet-runtime',
  ecosystem: 'generic',
  names: ['aspnet-core'],
  place: /(?:^|\/)shared\/Microsoft\.AspNetCore\.App\/[^/]+\/Microsoft\.AspNetCore\.App\.deps\.json$/,
  read: (_text, path) => path.split('/').at(-2) ?? null,
});
