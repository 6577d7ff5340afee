import { collectHost } from '../../core/inventory/host-filesystem.ts';
import type { Resource } from '../../core/model/resource.ts';
import type { FileTree } from '../../core/ports/file-tree.ts';
import type { JobHandler } from '../contracts.ts';
import { outsideResource, type ScanOutsideDependencies, scanOutside } from './scan-outside.ts';
import { waitForFeeds } from './wait-for-feeds.ts';

export interface ScanHostDependencies extends ScanOutsideDependencies {
  openHost(root: string, signal: AbortSignal): FileTree;
  /** Who this machine is: its stable id and its name. */
  identify(): Promise<{ readonly machineId: string; readonly name: string }>;
}

/** Files between two reports of progress. */
const FILES_A_REPORT = 1000;

/** Scans a root directory of the machine that the worker runs on. */
export function scanHostHandler(deps: ScanHostDependencies): JobHandler<'scan-host'> {
  return {
    kind: 'scan-host',
    run: async ({ root, after }, context) => {
      if (after) await waitForFeeds(deps.dependencies, after, context);
      const resource = hostResource(await deps.identify(), root);
      return scanOutside(deps, context, {
        resource,
        what: 'The machine',
        phase: 'Read files',
        collect: (signal, report) => collectHost(countingTree(deps.openHost(root, signal), report), signal),
      });
    },
  };
}

/** Another root directory than the machine's own is another thing, so that the two never close each other's findings. */
function hostResource(host: { readonly machineId: string; readonly name: string }, root: string): Resource {
  const isWhole = root === '/' || root === '';
  return isWhole
    ? outsideResource('host', `host:${host.machineId}`, host.name)
    : outsideResource('host', `host:${host.machineId}:${root}`, `${host.name}:${root}`);
}

function countingTree(tree: FileTree, report: (files: number) => Promise<void>): FileTree {
  return {
    async *list() {
      let files = 0;
      for await (const entry of tree.list()) {
        files += 1;
        if (files % FILES_A_REPORT === 0) await report(files);
        yield entry;
      }
      await report(files);
    },
    read: (path, range) => tree.read(path, range),
    problems: () => tree.problems(),
  };
}
