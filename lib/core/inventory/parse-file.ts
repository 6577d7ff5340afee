import type { ParseContext, ParseResult, Parser } from '../parsers/parser.ts';
import type { FileTree } from '../ports/file-tree.ts';

/** A read that takes longer is given up; it is a device that hangs, not a large file. */
const FILE_SECONDS_MAX = 30;

/** Lets a parser read one file. What it throws becomes a diagnostic, and the rest of the tree goes on. */
export async function parseFile(
  parser: Parser,
  path: string,
  tree: FileTree,
  context: ParseContext,
  signal: AbortSignal,
): Promise<ParseResult> {
  try {
    return await withinSeconds(FILE_SECONDS_MAX, parser.parse(path, tree, context));
  } catch (error) {
    signal.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The file could not be parsed as ${parser.id}: ${reason}`;
    return { packages: [], diagnostics: [{ level: 'error', path, message }], complete: false };
  }
}

async function withinSeconds<T>(seconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it took longer than ${seconds} seconds`)), seconds * 1000);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
