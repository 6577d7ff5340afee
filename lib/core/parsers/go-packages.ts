import type { Package } from '../model/package.ts';
import type { GoBuildInfo } from './go-build-info.ts';
import { languagePackage } from './language-package.ts';
import { excerpt } from './parse-result.ts';
import { textLines } from './text-lines.ts';

export interface GoPackages {
  readonly packages: readonly Package[];
  /** What is left out, and why. */
  readonly remarks: readonly string[];
}

interface GoModule {
  readonly kind: 'mod' | 'dep';
  readonly path: string;
  readonly version: string;
}

const MODULES_MAX = 50_000;
const RELEASE = /^go([0-9]+(?:\.[0-9]+){1,2}(?:(?:alpha|beta|rc)[0-9]+)?)(?=$|[^0-9.])/;
/** Names of variables that programs have their version written into at build time. */
const VERSION_VARIABLE = /(?:^|[./])(?:[a-z]*version|tag|releasetag)$/i;
const RELEASE_LIKE = /^v?[0-9]+\.[0-9]+\.[0-9]+(?:[-+][0-9A-Za-z.+-]+)?$/;

/** The version of Go's standard library that belongs to a toolchain: `1.20.4` for `go1.20.4`; null for unreleased ones. */
export function goRelease(goVersion: string): string | null {
  return RELEASE.exec(goVersion)?.[1] ?? null;
}

/** Modules of a program, with the standard library that was compiled into it. */
export function goPackages({ goVersion, modules }: GoBuildInfo, path: string): GoPackages {
  const remarks: string[] = [];
  const release = goRelease(goVersion);
  if (release === null) {
    remarks.push(`It was built by an unreleased Go (${excerpt(goVersion)}), so its standard library has no version.`);
  }
  const listed = modulesOf(modules, remarks);
  const packages = listed.flatMap((module) => modulePackage(module, modules, path, remarks));
  const library = release === null ? null : goPackage('stdlib', release, path);
  return { packages: library === null ? packages : [library, ...packages], remarks };
}

function modulePackage(module: GoModule, modules: string, path: string, remarks: string[]): readonly Package[] {
  const version = module.version === '(devel)' ? '' : module.version;
  if (version !== '') {
    return asList(goPackage(module.path, version, path));
  }
  const stamped = module.kind === 'mod' ? stampedVersion(modules) : null;
  if (stamped === null) {
    const what = module.kind === 'mod' ? 'The program itself' : 'A module of the build machine';
    remarks.push(`${what}, ${excerpt(module.path)}, carries no version.`);
    return [];
  }
  return asList(goPackage(module.path, stamped, path, 'medium'));
}

function goPackage(name: string, version: string, path: string, confidence?: 'medium'): Package | null {
  const fields = { ecosystem: 'go', name, version, packageManager: 'GOBINARY', path } as const;
  return languagePackage(confidence === undefined ? fields : { ...fields, confidence });
}

/** Lines of `mod`, `dep` and, behind the one that it replaces, `=>`. */
function modulesOf(text: string, remarks: string[]): readonly GoModule[] {
  const modules: GoModule[] = [];
  for (const line of textLines(text)) {
    const [kind, path = '', version = ''] = line.split('\t');
    if (kind === '=>') {
      const replaced = modules.pop();
      if (replaced !== undefined) {
        modules.push({ kind: replaced.kind, path, version });
      }
    } else if ((kind === 'mod' || kind === 'dep') && modules.length < MODULES_MAX) {
      modules.push({ kind, path, version });
    } else if (kind === 'dep') {
      remarks.push(`It lists more than ${MODULES_MAX} modules; the rest was not read.`);
      break;
    }
  }
  return modules;
}

/** The version that the build wrote into a variable with `-ldflags "-X main.version=1.2.3"`, when all such agree. */
function stampedVersion(modules: string): string | null {
  const flags = modules.split('\n').find((line) => line.startsWith('build\t-ldflags=')) ?? '';
  const found = new Set<string>();
  for (const word of flags.slice(0, 8192).split(/[\s"'\\]+/)) {
    const equals = word.indexOf('=');
    const value = word.slice(equals + 1);
    if (equals > 0 && VERSION_VARIABLE.test(word.slice(0, equals)) && RELEASE_LIKE.test(value)) {
      found.add(value.startsWith('v') ? value : `v${value}`);
    }
  }
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
}

function asList(pkg: Package | null): readonly Package[] {
  return pkg === null ? [] : [pkg];
}
