import { hostname } from 'node:os';
import { collectDirectory } from '../core/inventory/directory.ts';
import { collectHost } from '../core/inventory/host-filesystem.ts';
import { AppError } from '../core/model/app-error.ts';
import { type ResourceId, resourceId } from '../core/model/ids.ts';
import type { Inventory } from '../core/model/inventory.ts';
import { openHostDirectory } from '../filesystem/host-directory.ts';
import { type Surroundings, UsageError } from './command.ts';
import { createProgressLine } from './progress-line.ts';

/** What is scanned, as typed: `host`, `host:DIR` or `dir:DIR`. */
export interface Target {
  readonly text: string;
  readonly kind: 'host' | 'dir';
  readonly directory: string;
}

/** Kinds of target that the contract names and a later version brings. */
const LATER_KINDS = ['image', 'function', 'sbom'];
const KNOWN = 'There are: host, host:DIR and dir:DIR.';

export function readTarget(text: string | undefined): Target {
  if (text === undefined || text === '') {
    throw new UsageError(`A target is missing. ${KNOWN}`);
  }
  if (text === 'host') {
    return { text, kind: 'host', directory: '/' };
  }
  const [, kind = '', directory = ''] = /^([a-z]+):(.*)$/s.exec(text) ?? [];
  if ((kind === 'host' || kind === 'dir') && directory !== '') {
    return { text, kind, directory };
  }
  if (LATER_KINDS.includes(kind)) {
    throw new UsageError(`Targets of the kind ${kind}: are not in this version. ${KNOWN}`);
  }
  throw new UsageError(`"${text}" is not a target. ${KNOWN}`);
}

export function resourceOf(target: Target): ResourceId {
  return resourceId(target.kind === 'host' ? `host:${hostname()}` : target.text);
}

/** The packages of a target, with a progress line for people who watch. */
export async function collectTarget(target: Target, around: Surroundings): Promise<Inventory> {
  const progress = createProgressLine(around.err);
  const tree = openHostDirectory(target.directory, {
    signal: around.signal,
    exclude: [around.environment().dataDirectory],
  });
  const watched = {
    ...tree,
    async *list() {
      let files = 0;
      for await (const file of tree.list()) {
        files += 1;
        if (files % 500 === 0) {
          progress.show(`${target.text}: ${files} files`);
        }
        yield file;
      }
    },
  };
  try {
    const collect = target.kind === 'host' ? collectHost : collectDirectory;
    return await collect(watched, around.signal);
  } catch (error) {
    around.signal.throwIfAborted();
    throw error instanceof AppError
      ? error
      : new AppError('unavailable', `${target.text}: ${(error as Error).message}`);
  } finally {
    await progress.clear();
  }
}
