import { unreadable } from './parse-result.ts';
import type { ParseResult, Parser } from './parser.ts';
import { readBounded } from './read-bounded.ts';

/** What a parser of whole text files says of itself. */
export interface TextFormat {
  readonly id: string;
  readonly declares?: true;
  /** The path alone decides. */
  wants(path: string): boolean;
  /** 32 MiB unless given. */
  readonly bytesMax?: number;
  /** What a message calls a file that cannot be read; `The file` unless given. */
  readonly called?: string;
  /** The text without byte order mark, its lines ended by `\n`. */
  parse(text: string, path: string): ParseResult;
}

const BYTES_MAX = 32 * 1024 * 1024;
/** Folders into which package managers unpack, modules that Go copied among them: a lock file in one speaks of another package's own development. */
const UNPACKED =
  /(?:^|\/)(?:node_modules|(?:site|dist)-packages|\.pub-cache|\.nuget\/packages|gems\/[^/]+-[0-9][^/]*|bundler\/gems\/[^/]+|vendor\/(?:[a-z0-9-]+\.)+[a-z]{2,})\//;

/** A parser whose result depends on the text of one file alone. */
export function textParser(format: TextFormat): Parser {
  return {
    id: format.id,
    ...(format.declares === undefined ? {} : { declares: format.declares }),
    reads: 'file',
    wants: (path) => format.wants(path),
    async parse(path, tree) {
      const read = await readBounded(tree, path, format.bytesMax ?? BYTES_MAX);
      return read.kind === 'unreadable'
        ? unreadable(path, `${format.called ?? 'The file'} ${read.reason}.`)
        : format.parse(plainText(read.text), path);
    },
  };
}

/** Without the byte order mark of Windows tools and with one kind of line end. */
export function plainText(text: string): string {
  return text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
}

/** Whether the file came inside an unpacked package, so that nothing it names need be installed. */
export function isUnpacked(path: string): boolean {
  return UNPACKED.test(path);
}
