import { collectHost } from '../../core/inventory/host-filesystem.ts';
import { resourceId } from '../../core/model/ids.ts';
import type { Resource } from '../../core/model/resource.ts';
import type { VexStatement } from '../../core/model/vex.ts';
import type { FileTree } from '../../core/ports/file-tree.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import type { JobHandler } from '../contracts.ts';
import { scanOutside, THIS_MACHINE } from './scan-outside.ts';
import { waitForFeeds } from './wait-for-job.ts';

export interface ScanHostDependencies {
  readonly dependencies: Dependencies;
  openHost(root: string, signal: AbortSignal): FileTree;
  /** The VEX documents of this installation, with a sentence for each that cannot be used. */
  readVex(): Promise<{ readonly statements: readonly VexStatement[]; readonly problems: readonly string[] }>;
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
      const { dependencies } = deps;
      if (after) await waitForFeeds(dependencies, after, context);
      const resource = hostResource(await deps.identify(), root);
      const readVex = () => deps.readVex();
      return scanOutside({ dependencies, readVex }, context, {
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
  return {
    id: resourceId(isWhole ? `host:${host.machineId}` : `host:${host.machineId}:${root}`),
    accountId: THIS_MACHINE.id,
    region: 'local',
    kind: 'host',
    name: isWhole ? host.name : `${host.name}:${root}`,
    environment: null,
    tags: {},
    sample: false,
  };
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
