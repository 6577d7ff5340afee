import type { Diagnostic } from '../../model/diagnostic.ts';
import { isDistroFile } from '../../parsers/os-release.ts';
import type { ParseResult, Parser } from '../../parsers/parser.ts';
import type { ListedFile } from '../../ports/file-tree.ts';
import type { LayerEntry } from '../../ports/image-source.ts';
import { isFetchedSource } from '../package-places.ts';
import { parseFile } from '../parse-file.ts';
import type { LayerContent, LayerFile } from './layer-content.ts';
import { layerPath } from './layer-path.ts';
import { singleFileTree } from './single-file-tree.ts';

/** A file larger than this would fill the memory; none that holds packages comes near it but a bundle of a whole application. */
const FILE_BYTES_MAX = 192 * 1024 * 1024;
/** Bytes of files that a layer keeps for later, all together. */
const KEPT_BYTES_MAX = 128 * 1024 * 1024;
const ENTRIES_MAX = 2_000_000;
const LINKS_MAX = 200_000;
const DIAGNOSTICS_MAX = 200;
const HEAD_BYTES = 512;
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
  kept: number;
  complete: boolean;
}

/** Reads a layer once as it streams by: each wanted file is parsed or kept, everything else is known by its path alone. */
export async function readLayer(
  entries: AsyncIterable<LayerEntry>,
  parsers: readonly Parser[],
  signal: AbortSignal,
): Promise<LayerContent> {
  const draft: Draft = {
    files: new Map(),
    links: new Map(),
    covered: new Set(),
    removed: [],
    emptied: [],
    diagnostics: [],
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
  if (entry.type === 'symlink' && draft.links.size < LINKS_MAX) {
    draft.links.set(path, entry.target ?? '');
  }
  if (entry.type === 'hardlink') {
    const first = draft.files.get(layerPath(entry.target ?? '') ?? '');
    // Without content of its own; where the first name was not wanted, this one is read as if it were a symbolic link.
    if (first !== undefined) {
      await readFile(draft, path, { ...entry, ...first, body: once(first.bytes) }, parsers, signal, first);
    } else if (entry.target !== null && draft.links.size < LINKS_MAX) {
      draft.links.set(path, `/${entry.target}`);
    }
  }
  if (entry.type === 'file') {
    await readFile(draft, path, { ...entry, isExecutable: (entry.mode & 0o111) !== 0 }, parsers, signal, null);
  }
}

interface Readable {
  readonly size: number;
  readonly isExecutable: boolean;
  readonly body: AsyncIterable<Uint8Array>;
}

async function readFile(
  draft: Draft,
  path: string,
  { size, isExecutable, body }: Readable,
  parsers: readonly Parser[],
  signal: AbortSignal,
  sameAs: LayerFile | null,
): Promise<void> {
  const file: ListedFile = { path, size, isExecutable };
  const wanting = isFetchedSource(path) ? [] : parsers.filter((parser) => parser.wants(path, file));
  const isAsked = isDistroFile(path) || parsers.some((parser) => parser.alsoReads?.(path) ?? false);
  if (wanting.length === 0 && !isAsked) {
    return;
  }
  if (sameAs !== null && sameAs.bytes === null) {
    // The first name of the file was parsed and let go; it stands for this one too.
    return;
  }
  const bytes = await wholeBody(body, size, isAsked ? [] : wanting);
  if (bytes === 'uninteresting') {
    return;
  }
  if (bytes === 'too large') {
    miss(draft, path, `is larger than ${FILE_BYTES_MAX / 1024 / 1024} MiB and was not read`);
    return;
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
    return;
  }
  draft.kept += isKept ? bytes.length : 0;
  draft.files.set(path, { size, isExecutable, bytes: isKept ? bytes : null, results });
}

/** The bytes of a file, unless its beginning says that no parser can use it. */
async function wholeBody(
  body: AsyncIterable<Uint8Array>,
  size: number,
  wanting: readonly Parser[],
): Promise<Uint8Array | 'uninteresting' | 'too large'> {
  const chooses = wanting.length > 0 && wanting.every((parser) => parser.beginsLike !== undefined);
  const chunks: Uint8Array[] = [];
  let length = 0;
  let isJudged = !chooses;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    if (!isJudged && (length >= HEAD_BYTES || length >= size)) {
      isJudged = true;
      const head = Buffer.concat(chunks).subarray(0, HEAD_BYTES);
      if (!wanting.some((parser) => parser.beginsLike?.(head))) {
        return 'uninteresting';
      }
    }
    if (length > FILE_BYTES_MAX) {
      return 'too large';
    }
  }
  // Chunks may be windows of a buffer that the stream uses again, and a small file must not hold a large one.
  return chunks.length === 1 && chunks[0] !== undefined ? Uint8Array.from(chunks[0]) : Buffer.concat(chunks);
}

async function* once(bytes: Uint8Array | null): AsyncGenerator<Uint8Array> {
  yield bytes ?? new Uint8Array();
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
