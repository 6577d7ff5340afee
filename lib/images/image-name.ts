import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type ImageReference, parseReference } from '../core/model/image-reference.ts';

/** Where an image is: on disk, or in a registry. */
export type ImageName =
  | { readonly kind: 'layout' | 'archive'; readonly path: string; readonly name: string | null }
  | { readonly kind: 'registry'; readonly reference: ImageReference }
  /** A path that leads to no image. */
  | { readonly kind: 'nowhere'; readonly path: string };

const COLONS_MAX = 64;

/**
 * Reads `PATH[:NAME]` or `REGISTRY/NAME[:TAG|@DIGEST]`; null for what is neither. What lies on disk comes first, and what
 * begins with `/`, `./` or `../` is a path in any case.
 */
export function readImageName(text: string): ImageName | null {
  for (const path of pathsIn(text)) {
    const kind = kindAt(path);
    if (kind !== null) {
      return { kind, path, name: path === text ? null : text.slice(path.length + 1) };
    }
  }
  if (/^\.{0,2}\//.test(text)) {
    return { kind: 'nowhere', path: text };
  }
  const reference = parseReference(text);
  return reference === null ? null : { kind: 'registry', reference };
}

/** The whole text, then what stands before each colon, from the last one on: names of images have colons too. */
function pathsIn(text: string): readonly string[] {
  const paths = [text];
  for (let at = text.lastIndexOf(':'); at > 0 && paths.length <= COLONS_MAX; at = text.lastIndexOf(':', at - 1)) {
    paths.push(text.slice(0, at));
  }
  return paths;
}

function kindAt(path: string): 'layout' | 'archive' | null {
  if (path === '' || path.includes('\0')) {
    return null;
  }
  try {
    const status = statSync(path, { throwIfNoEntry: false });
    if (status?.isFile()) {
      return 'archive';
    }
    return status?.isDirectory() && existsSync(join(path, 'index.json')) ? 'layout' : null;
  } catch {
    // A name that no path can have, such as one that is too long.
    return null;
  }
}
