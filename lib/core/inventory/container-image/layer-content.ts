import type { Diagnostic } from '../../model/diagnostic.ts';
import type { ParseResult } from '../../parsers/parser.ts';

/** A file of a layer that some parser, or the question for the distribution, may ask for. */
export interface LayerFile {
  readonly size: number;
  readonly isExecutable: boolean;
  /** Its bytes, where a parser needs more than the file itself; null where all were done as the layer streamed by. */
  readonly bytes: Uint8Array | null;
  /** What parsers that look at the file alone found, by the parser's id. */
  readonly results: Readonly<Record<string, ParseResult>>;
}

/** What one layer contributes to an inventory, and what it takes away from the layers below. */
export interface LayerContent {
  readonly files: ReadonlyMap<string, LayerFile>;
  /** Where symbolic links lead, by path. */
  readonly links: ReadonlyMap<string, string>;
  /** Every path of the layer that is no directory: what it covers in the layers below is gone. */
  readonly covered: ReadonlySet<string>;
  /** Paths removed from the layers below, with all that is under them. */
  readonly removed: readonly string[];
  /** Directories whose content in the layers below is gone. */
  readonly emptied: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  /** False where something of the layer could not be read. */
  readonly complete: boolean;
}

type StoredFile = readonly [
  path: string,
  size: number,
  isExecutable: boolean,
  results: LayerFile['results'],
  at: number,
  length: number,
];

interface StoredContent {
  readonly files: readonly StoredFile[];
  readonly links: readonly [string, string][];
  readonly covered: readonly string[];
  readonly removed: readonly string[];
  readonly emptied: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

const NO_BYTES = -1;

/** A layer's content as bytes: the length of a head in JSON, the head, then the bytes of the files end to end. */
export function encodeLayer(content: LayerContent): Uint8Array {
  const bodies: Uint8Array[] = [];
  let at = 0;
  const files = [...content.files].map(([path, { size, isExecutable, bytes, results }]) => {
    const start = bytes === null ? NO_BYTES : at;
    if (bytes !== null) {
      bodies.push(bytes);
      at += bytes.length;
    }
    return [path, size, isExecutable, results, start, bytes?.length ?? 0] as const;
  });
  const head: StoredContent = {
    files,
    links: [...content.links],
    covered: [...content.covered],
    removed: content.removed,
    emptied: content.emptied,
    diagnostics: content.diagnostics,
  };
  const text = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return Buffer.concat([length, text, ...bodies]);
}

/** The content that `encodeLayer` wrote; null for anything else, so that the layer is read again. Only whole layers are kept. */
export function decodeLayer(stored: Uint8Array): LayerContent | null {
  const bytes = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
  try {
    const start = 4 + bytes.readUInt32LE(0);
    const head = JSON.parse(bytes.toString('utf8', 4, start)) as StoredContent;
    const files = head.files.map(([path, size, isExecutable, results, at, length]) => {
      const body = at === NO_BYTES ? null : bytes.subarray(start + at, start + at + length);
      return [path, { size, isExecutable, bytes: body, results }] as const;
    });
    return {
      files: new Map(files),
      links: new Map(head.links),
      covered: new Set(head.covered),
      removed: head.removed,
      emptied: head.emptied,
      diagnostics: head.diagnostics,
      complete: true,
    };
  } catch {
    return null;
  }
}
