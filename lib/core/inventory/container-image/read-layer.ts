import type { Diagnostic } from '../../model/diagnostic.ts';
import { isDistroFile } from '../../parsers/os-release.ts';
import type { ParseResult, Parser } from '../../parsers/parser.ts';
import type { ListedFile } from '../../ports/file-tree.ts';
import type { LayerEntry } from '../../ports/image-source.ts';
import { isFetchedSource } from '../package-places.ts';
import { parseFile } from '../parse-file.ts';
import { again, TOO_LARGE, wholeBody } from './file-body.ts';
import type { LayerContent, LayerFile } from './layer-content.ts';
import { layerPath } from './layer-path.ts';
import { singleFileTree } from './single-file-tree.ts';

/** Bytes of files that a layer keeps for later, all together. */
const KEPT_BYTES_MAX = 128 * 1024 * 1024;
const ENTRIES_MAX = 2_000_000;
const LINKS_MAX = 200_000;
/** Names of one file that are read one by one; more of them are a bomb rather than a store of packages. */
const NAMES_MAX = 20;
const DIAGNOSTICS_MAX = 200;
/** Marks of removal in layers. Specification: OCI image layer, "Whiteouts". */
const WHITEOUT = '.wh.';
const OPAQUE = '.wh..wh..opq';

interface Draft {
  readonly files: Map<string, LayerFile>;
  readonly links: Map<string, string>;
  readonly covered: Set<string>;
  readonly removed: string[];
  readonly emptied: string[];
  readonly diagnostics: Diagnostic[];
  readonly missed: Map<string, readonly string[]>;
  readonly awaited: OtherNames;
  /** What the other names of a file yielded when it came; null for nothing. */
  readonly ahead: Map<string, LayerFile | null>;
  kept: number;
  complete: boolean;
}

/** Hard links by the first name of their file, under which it comes. */
type OtherNames = ReadonlyMap<string, readonly string[]>;

export interface LayerRead extends LayerContent {
  /** Links to files that had gone by before a name told that they are wanted. Awaited when the layer is read again, they count. */
  readonly missed: OtherNames;
}

/**
 * Reads a layer as it streams by: each wanted file is parsed or kept, everything else is known by its path alone. Stores of
 * packages, as pnpm and OSTree have them, come before the links that say what the files in them are: `awaited` names those.
 */
export async function readLayer(
  entries: AsyncIterable<LayerEntry>,
  parsers: readonly Parser[],
  signal: AbortSignal,
  awaited: OtherNames = new Map(),
): Promise<LayerRead> {
  const draft: Draft = {
    files: new Map(),
    links: new Map(),
    covered: new Set(),
    removed: [],
    emptied: [],
    diagnostics: [],
    missed: new Map(),
    awaited,
    ahead: new Map(),
    kept: 0,
    complete: true,
  };
  let count = 0;
  for await (const entry of entries) {
    signal.throwIfAborted();
    count += 1;
    if (count > ENTRIES_MAX) {
      miss(draft, null, `The layer holds more than ${ENTRIES_MAX} entries; the rest was not looked at.`);
      break;
    }
    await readEntry(draft, entry, parsers, signal);
  }
  return draft;
}

async function readEntry(
  draft: Draft,
  entry: LayerEntry,
  parsers: readonly Parser[],
  signal: AbortSignal,
): Promise<void> {
  const path = layerPath(entry.path);
  if (path === null) {
    // The root directory itself has an empty path and is no news.
    if (/[^./]/.test(entry.path) || entry.path.includes('..')) {
      note(draft, 'warning', null, `An entry leads out of the image and was left out: ${printable(entry.path)}`);
    }
    return;
  }
  const slash = path.lastIndexOf('/');
  const name = path.slice(slash + 1);
  const folder = slash === -1 ? '' : path.slice(0, slash);
  if (name === OPAQUE) {
    draft.emptied.push(folder);
  } else if (name.startsWith(WHITEOUT)) {
    const gone = name.slice(WHITEOUT.length);
    draft.removed.push(folder === '' ? gone : `${folder}/${gone}`);
  } else if (entry.type !== 'directory') {
    draft.covered.add(path);
    // An archive may name a path twice; what comes later counts.
    draft.files.delete(path);
    draft.links.delete(path);
    await readContent(draft, path, entry, parsers, signal);
  }
}

async function readContent(
  draft: Draft,
  path: string,
  entry: LayerEntry,
  parsers: readonly Parser[],
  signal: AbortSignal,
): Promise<void> {
  if (entry.type === 'symlink') {
    keepLink(draft, path, entry.target ?? '');
  } else if (entry.type === 'hardlink') {
    await readHardLink(draft, path, entry, parsers, signal);
  } else if (entry.type === 'file') {
    await readUnderNames(draft, [path, ...(draft.awaited.get(path) ?? [])], entry, parsers, signal);
  }
}

/** Reads a file under its own name, and under those of the links to it that are awaited. */
async function readUnderNames(
  draft: Draft,
  [path, ...others]: readonly [string, ...string[]],
  entry: LayerEntry,
  parsers: readonly Parser[],
  signal: AbortSignal,
): Promise<void> {
  const file = { ...entry, isExecutable: hasExecuteBit(entry) };
  if (others.length === 0) {
    keepFile(draft, path, await readFile(draft, path, file, parsers, signal));
    return;
  }
  const bytes = await wholeBody(entry.body, entry.size, []);
  if (bytes === 'too large') {
    miss(draft, path, TOO_LARGE);
  }
  for (const name of [path, ...others]) {
    const isThere = bytes instanceof Uint8Array;
    const read = isThere ? await readFile(draft, name, { ...file, body: again(bytes) }, parsers, signal) : null;
    draft.ahead.set(name, read);
  }
  keepFile(draft, path, draft.ahead.get(path) ?? null);
}

/** A further name of a file that came before, without content of its own. */
async function readHardLink(
  draft: Draft,
  path: string,
  entry: LayerEntry,
  parsers: readonly Parser[],
  signal: AbortSignal,
): Promise<void> {
  const ahead = draft.ahead.get(path);
  if (ahead !== undefined) {
    keepFile(draft, path, ahead);
    return;
  }
  const target = layerPath(entry.target ?? '') ?? '';
  const first = draft.files.get(target);
  if (first !== undefined && first.bytes !== null) {
    keepFile(draft, path, await readFile(draft, path, { ...first, body: again(first.bytes) }, parsers, signal));
    return;
  }
  if (asksMore(path, target, hasExecuteBit(entry), parsers)) {
    const links = draft.missed.get(target) ?? [];
    if (links.length < NAMES_MAX && draft.missed.size < LINKS_MAX) {
      draft.missed.set(target, [...links, path]);
    }
    miss(draft, path, 'is another name of a file that had gone by, and was not read');
  }
  // Where the first name was parsed and let go, it stands for this one too; else this one is read as if it were a symbolic link.
  if (first === undefined && entry.target !== null) {
    keepLink(draft, path, `/${entry.target}`);
  }
}

interface Readable {
  readonly size: number;
  readonly isExecutable: boolean;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Null for a file that nobody wants, or that could not be kept. */
async function readFile(
  draft: Draft,
  path: string,
  { size, isExecutable, body }: Readable,
  parsers: readonly Parser[],
  signal: AbortSignal,
): Promise<LayerFile | null> {
  const { wanting, isAsked } = askedOf({ path, size, isExecutable }, parsers);
  if (wanting.length === 0 && !isAsked) {
    return null;
  }
  const bytes = await wholeBody(body, size, isAsked ? [] : wanting);
  if (bytes === 'uninteresting') {
    return null;
  }
  if (bytes === 'too large') {
    miss(draft, path, TOO_LARGE);
    return null;
  }
  const results: Record<string, ParseResult> = {};
  for (const parser of wanting) {
    if (parser.reads === 'file') {
      results[parser.id] = await parseFile(parser, path, singleFileTree(path, bytes), { distro: null }, signal);
    }
  }
  const isKept = isAsked || wanting.some((parser) => parser.reads === 'tree');
  if (isKept && draft.kept + bytes.length > KEPT_BYTES_MAX) {
    miss(
      draft,
      path,
      `was not kept, because its layer has more than ${KEPT_BYTES_MAX / 1024 / 1024} MiB of such files`,
    );
    return null;
  }
  draft.kept += isKept ? bytes.length : 0;
  return { size, isExecutable, bytes: isKept ? bytes : null, results };
}

function askedOf(file: ListedFile, parsers: readonly Parser[]) {
  const { path } = file;
  return {
    wanting: isFetchedSource(path) ? [] : parsers.filter((parser) => parser.wants(path, file)),
    isAsked: isDistroFile(path) || parsers.some((parser) => parser.alsoReads?.(path) ?? false),
  };
}

/** Whether a link is asked for what its file was not, so that it cannot have been parsed or kept under its first name. */
function asksMore(path: string, target: string, isExecutable: boolean, parsers: readonly Parser[]): boolean {
  const link = askedOf({ path, size: 0, isExecutable }, parsers);
  const first = askedOf({ path: target, size: 0, isExecutable }, parsers);
  return (link.isAsked && !first.isAsked) || link.wanting.some((parser) => !first.wanting.includes(parser));
}

function hasExecuteBit({ mode }: LayerEntry): boolean {
  return (mode & 0o111) !== 0;
}

function keepFile(draft: Draft, path: string, file: LayerFile | null): void {
  if (file !== null) {
    draft.files.set(path, file);
  }
}

function keepLink(draft: Draft, path: string, target: string): void {
  if (draft.links.size < LINKS_MAX) {
    draft.links.set(path, target);
  } else {
    miss(draft, path, `was not followed, because its layer has more than ${LINKS_MAX} links`);
  }
}

/** Something of the layer is not known, so the inventory is not complete. */
function miss(draft: Draft, path: string | null, message: string): void {
  draft.complete = false;
  note(draft, 'warning', path, message);
}

function note(draft: Draft, level: Diagnostic['level'], path: string | null, message: string): void {
  if (draft.diagnostics.length < DIAGNOSTICS_MAX) {
    draft.diagnostics.push({ level, path, message });
  }
}

function printable(text: string): string {
  return text.slice(0, 200).replace(/[^ -~]/g, '?');
}
