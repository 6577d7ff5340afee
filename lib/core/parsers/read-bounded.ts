import type { FileTree } from '../ports/file-tree.ts';

export type BoundedText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Text of a whole file of at most `bytesMax` bytes. Bytes that are not text become replacement characters. */
export async function readBounded(tree: FileTree, path: string, bytesMax: number): Promise<BoundedText> {
  // One byte more than allowed tells "exactly at the limit" from "too large" without reading the rest.
  const bytes = await tree.read(path, { start: 0, end: bytesMax + 1 });
  if (bytes === null) {
    return { kind: 'unreadable', reason: 'could not be read' };
  }
  if (bytes.length > bytesMax) {
    return { kind: 'unreadable', reason: `is larger than ${bytesMax} bytes` };
  }
  return { kind: 'text', text: new TextDecoder(encodingOf(bytes)).decode(bytes) };
}

/** PowerShell writes UTF-16 into whatever a command prints to, and says so by a byte order mark. */
function encodingOf([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | 'utf-8' {
  if (first === 0xff && second === 0xfe) {
    return 'utf-16le';
  }
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
