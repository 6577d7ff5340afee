/** The longest path that Linux knows. */
const PATH_LENGTH_MAX = 4096;

/**
 * A path of a layer's archive as the trees of this system have it: relative, with `/`, without a leading one. Null for one
 * that is too long, empty, or leads out of the image.
 */
export function layerPath(text: string): string | null {
  if (text.length > PATH_LENGTH_MAX || text.includes('\0')) {
    return null;
  }
  const parts: string[] = [];
  for (const part of text.split('/')) {
    if (part === '..') {
      return null;
    }
    if (part !== '' && part !== '.') {
      parts.push(part);
    }
  }
  return parts.length === 0 ? null : parts.join('/');
}

/** Where a link of a tree leads, seen from the tree's root; a link that climbs out of the root stays at it, as in a container. */
export function linkTarget(from: string, target: string): string {
  const parts = target.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..') {
      parts.pop();
    } else if (part !== '' && part !== '.') {
      parts.push(part);
    }
  }
  return parts.join('/');
}
