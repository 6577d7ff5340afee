import { statSync } from 'node:fs';
import type { AdvisoryIndex } from '../../core/ports/advisory-index.ts';
import { indexFiles } from './index-files.ts';
import { openAdvisoryIndex } from './open-advisory-index.ts';

export interface CurrentAdvisoryIndex {
  /** The index in force now. What one call returned keeps its content, so a scan asks once and works on one revision. */
  advisories(): AdvisoryIndex;
  close(): void;
}

/** Opens the index again when a sync has put another revision in force; looking costs one `stat`. */
export function currentAdvisoryIndex(dataDirectory: string): CurrentAdvisoryIndex {
  const { pointer } = indexFiles(dataDirectory);
  let seen = '';
  let current: AdvisoryIndex | null = null;
  let before: AdvisoryIndex | null = null;
  return {
    advisories() {
      const mark = markOf(pointer);
      if (current === null || mark !== seen) {
        // A scan that began before the swap still reads the one before; it has ended by the time of the next swap.
        before?.close();
        before = current;
        current = openAdvisoryIndex(dataDirectory);
        seen = mark;
      }
      return current;
    },
    close() {
      before?.close();
      current?.close();
      before = null;
      current = null;
    },
  };
}

function markOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? '' : `${stat.ino} ${stat.mtimeMs}`;
}
