import { hostname } from 'node:os';
import { collectDirectory } from '../core/inventory/directory.ts';
import { collectHost } from '../core/inventory/host-filesystem.ts';
import type { Inventory } from '../core/model/inventory.ts';
import { openHostDirectory } from '../filesystem/host-directory.ts';
import type { Surroundings } from './command.ts';
import type { ProgressLine } from './progress-line.ts';
import type { TargetKind } from './target-kind.ts';
import { watchedTree } from './watched-tree.ts';

/** `host` or `host:DIR`: a machine by its root directory. */
export const hostTarget: TargetKind = {
  forms: ['host', 'host:DIR'],
  takesPlatform: false,
  read(text, rest) {
    const directory = text === 'host' ? '/' : rest;
    return directory === ''
      ? null
      : {
          text,
          collect: (around, progress) => collectBelow(text, directory, collectHost, around, progress),
          resourceOf: () => `host:${hostname()}`,
        };
  },
};

/** `dir:DIR`: a source tree. */
export const directoryTarget: TargetKind = {
  forms: ['dir:DIR'],
  takesPlatform: false,
  read(text, rest) {
    return rest === ''
      ? null
      : {
          text,
          collect: (around, progress) => collectBelow(text, rest, collectDirectory, around, progress),
          resourceOf: () => text,
        };
  },
};

async function collectBelow(
  text: string,
  directory: string,
  collect: typeof collectHost,
  around: Surroundings,
  progress: ProgressLine,
): Promise<Inventory> {
  const tree = openHostDirectory(directory, {
    signal: around.signal,
    exclude: [around.environment().dataDirectory],
  });
  return collect(watchedTree(tree, text, progress), around.signal);
}
