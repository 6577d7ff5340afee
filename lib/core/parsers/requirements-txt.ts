import { posix } from 'node:path';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Package } from '../model/package.ts';
import type { FileTree } from '../ports/file-tree.ts';
import { createLockPackages, type LockPackages } from './lock-packages.ts';
import { noPackage } from './parse-result.ts';
import type { ParseResult, Parser } from './parser.ts';
import { isInsideSitePackages, isPypiName, wheelParts } from './pypi-spelling.ts';
import { readBounded } from './read-bounded.ts';
import { textLines } from './text-lines.ts';

/**
 * Requirements files of pip; only what is pinned to one version (`==`, `===`, a wheel) is a package. Format: pip.pypa.io,
 * "Requirements File Format". Files that `-r` names are read too, where they lie in the tree.
 */
export const requirementsTxt: Parser = {
  id: 'pypi/requirements',
  declares: true,
  reads: 'tree',
  wants: (path) => PLACE.test(path) && !isInsideSitePackages(path),
  // What `-r` names may be called anything; the usual names and folders are kept in an image.
  alsoReads: (path) => INCLUDED.test(path) && !isInsideSitePackages(path),
  parse: parseWithIncludes,
};

const PLACE = /(?:^|\/)(?:[^/]*requirements[^/]*|requirements\/[^/]+)\.txt$/i;
const INCLUDED =
  /(?:^|\/)(?:[^/]*(?:base|common|constraints|dev|local|prod|production|test|tests)[^/]*|req[^/]*\/[^/]+)\.(?:txt|in)$/i;
const BYTES_MAX = 8 * 1024 * 1024;
const FILES_MAX = 100;
const LINE_LENGTH_MAX = 64 * 1024;
const UNPINNED = 'requirements that do not name one exact version';
const ADDRESSED = 'requirements by path or address without a version';
const NO_REQUIREMENT = 'lines that pip would refuse';

async function parseWithIncludes(first: string, tree: FileTree): Promise<ParseResult> {
  const seen = new Set([first]);
  const found: (readonly Package[])[] = [];
  const diagnostics: Diagnostic[] = [];
  let complete = true;
  // A set goes on while it grows, and names each file once: circles end.
  for (const path of seen) {
    const read = await readBounded(tree, path, BYTES_MAX);
    if (read.kind === 'unreadable') {
      const isTold = path === first || !read.reason.includes('could not be read');
      // pip stops at an include that is absent, so nothing can have come of it.
      diagnostics.push({ level: isTold ? 'warning' : 'info', path, message: `The requirements file ${read.reason}.` });
      complete &&= !isTold;
      continue;
    }
    const { result, includes } = parseRequirements(read.text, path);
    found.push(result.packages);
    diagnostics.push(...result.diagnostics);
    complete &&= result.complete;
    for (const include of includes) {
      if (seen.size < FILES_MAX) {
        seen.add(include);
      } else if (!seen.has(include)) {
        diagnostics.push({
          level: 'warning',
          path,
          message: `More than ${FILES_MAX} included files; the rest was not read.`,
        });
        complete = false;
        break;
      }
    }
  }
  const packages = found.flat();
  if (packages.length + diagnostics.length === 0) {
    return noPackage(first, 'Neither the requirements file nor those that it includes name a package.');
  }
  return { packages, diagnostics, complete };
}

/** One file, and the paths of those that it includes. */
export function parseRequirements(
  text: string,
  path: string,
): { readonly result: ParseResult; readonly includes: readonly string[] } {
  const found = createLockPackages({ ecosystem: 'pypi', packageManager: 'PIP', path, isName: isPypiName });
  const includes = new Set<string>();
  for (const line of logicalLines(text)) {
    if (found.isFull()) {
      break;
    }
    const option = /^(?:-r\s*|--requirement[\s=]\s*)(.+)$/.exec(line)?.[1];
    if (option !== undefined) {
      addInclude(option.trim(), path, includes, found);
    } else if (!line.startsWith('-')) {
      addRequirement(line, found);
    } else if (/^(?:-e|--editable)/.test(line)) {
      found.leaveOut(ADDRESSED, line);
    }
  }
  const silence = includes.size === 0 ? 'The requirements file names no package.' : null;
  return { result: found.result(silence), includes: [...includes] };
}

/** Lines with their continuations, without comments, as pip reads them: a comment inside ends a continued line. */
function* logicalLines(text: string): Generator<string> {
  let pending = '';
  for (const line of textLines(text)) {
    const isComment = /^\s*#/.test(line.slice(0, 1024));
    if (line.endsWith('\\') && !isComment && pending.length < LINE_LENGTH_MAX) {
      pending += withoutBackslashes(line);
      continue;
    }
    yield* withoutComment(isComment ? pending : pending + line);
    pending = '';
  }
  yield* withoutComment(pending);
}

/** pip takes every backslash off both ends, and not only the one that continues the line. */
function withoutBackslashes(line: string): string {
  let start = 0;
  let end = line.length;
  while (line[start] === '\\') {
    start += 1;
  }
  while (end > start && line[end - 1] === '\\') {
    end -= 1;
  }
  return line.slice(start, end);
}

function withoutComment(line: string): readonly string[] {
  const comment = line.startsWith('#') ? 0 : line.search(/\s#/);
  const content = (comment === -1 ? line : line.slice(0, comment)).slice(0, LINE_LENGTH_MAX).trim();
  return content === '' ? [] : [content];
}

function addInclude(target: string, path: string, includes: Set<string>, found: LockPackages): void {
  const file = posix.normalize(posix.join(posix.dirname(path), target));
  if (/^[a-z][a-z0-9+.-]*:/i.test(target) || target.startsWith('/') || file === '..' || file.startsWith('../')) {
    found.leaveOut('files that lie outside', target);
  } else {
    includes.add(file);
  }
}

/** `name [extra] ==1.0 ; marker --hash=…`, or a path or address, with `name @` in front or not. */
function addRequirement(line: string, found: LockPackages): void {
  const [requirement = line] = line.split(/;|\s--?[A-Za-z]/, 1);
  const match = /^([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]{0,1000}\])?\s*(.*)$/.exec(requirement.trimEnd());
  const [, name = '', rest = ''] = match ?? [];
  const isAddress =
    rest.startsWith('@') ||
    /^[a-z+]{1,20}:\/\//i.test(requirement) ||
    /^[./~]/.test(requirement) ||
    rest.startsWith('/');
  if (isAddress || requirement.endsWith('.whl')) {
    addFile(requirement, found);
  } else if (match === null || !/^(?:$|[=<>!~(])/.test(rest)) {
    found.leaveOut(NO_REQUIREMENT, line);
  } else {
    addPinned(name, rest, line, found);
  }
}

function addFile(requirement: string, found: LockPackages): void {
  const [file = ''] = requirement.trim().split(/[#?]/, 1);
  const wheel = wheelParts(file);
  if (wheel === null) {
    found.leaveOut(ADDRESSED, requirement);
  } else {
    found.add(wheel.name, wheel.version);
  }
}

function addPinned(name: string, specifiers: string, line: string, found: LockPackages): void {
  for (const specifier of specifiers.replace(/^\(|\)$/g, '').split(',')) {
    // What follows a blank or a sharp is noise; a star or any other sign means that this is no version.
    const version = /^={2,3}\s*(\d[A-Za-z0-9._+!-]*|v\d[A-Za-z0-9._+!-]*)(?:$|[\s#])/.exec(specifier.trim())?.[1];
    if (version !== undefined) {
      found.add(name, version);
      return;
    }
  }
  found.leaveOut(UNPINNED, line);
}
