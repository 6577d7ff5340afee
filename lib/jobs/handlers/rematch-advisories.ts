import type { JobPhase } from '../../core/model/views.ts';
import type { ChangedKeys } from '../../core/ports/advisory-feeds.ts';
import type { AdvisoryIndex } from '../../core/ports/advisory-index.ts';
import type { StoredInventory } from '../../core/ports/inventory-store.ts';
import { type VexBook, vexBook } from '../../core/scan/package/vex-book.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import type { JobContext, JobHandler, JobResult } from '../contracts.ts';
import { rematchResources } from './rematch-resources.ts';
import { rescoreFindings } from './rescore-findings.ts';
import type { ScanOutsideDependencies } from './scan-outside.ts';
import { sideBySide } from './side-by-side.ts';

export interface RematchAdvisoriesDependencies extends ScanOutsideDependencies {
  /** What two revisions of the index say differently; `everything` where the earlier one is not kept any more. */
  changedKeys(before: string | null, after: string): ChangedKeys;
}

interface Totals {
  scored: number;
  resources: number;
  opened: number;
  closed: number;
  changed: number;
}

/** Resources that one transaction matches and writes, and transactions side by side: one for each core of a small machine. */
const RESOURCES_AT_ONCE = 200;
const WRITERS = 2;

/**
 * Brings the findings of stored inventories up to the advisories in force: what was published since opens, what was
 * withdrawn or narrowed closes, and resources without a package in question are not even read. Nothing is scanned. Safe
 * to run again at any point: what was matched already comes out the same, and the revision is noted at the end only.
 */
export function rematchAdvisoriesHandler(deps: RematchAdvisoriesDependencies): JobHandler<'rematch-advisories'> {
  return {
    kind: 'rematch-advisories',
    run: async (_payload, context) => {
      const { inventories, advisories, clock } = deps.dependencies;
      const vex = await deps.readVex();
      for (const problem of vex.problems) await context.log('warning', problem);
      const book = vexBook(vex.statements);
      const totals: Totals = { scored: 0, resources: 0, opened: 0, closed: 0, changed: 0 };
      for (;;) {
        const index = advisories();
        const revision = index.revision();
        const matched = await inventories.matchedRevision();
        if (revision === null || revision === matched) return resultOf(totals);
        const keys = deps.changedKeys(matched, revision);
        await context.log('info', `Advisories about ${packagesIn(keys)} have changed.`);
        // A sync that ends meanwhile puts another revision in force: then it is that one that everything is held against.
        const isWhole = await rematch(deps.dependencies, context, keys, { index, book }, totals);
        if (isWhole) await rescore(deps.dependencies, context, { index, book }, totals);
        if (isWhole) await inventories.saveMatchedRevision(revision, index.ecosystems(), clock.now());
      }
    },
  };
}

/** One pass over the inventories that hold one of the packages; false when another index came into force on the way. */
async function rematch(
  deps: Dependencies,
  context: JobContext,
  keys: ChangedKeys,
  { index, book }: { readonly index: AdvisoryIndex; readonly book: VexBook },
  totals: Totals,
): Promise<boolean> {
  const now = deps.clock.now();
  const report = (state: JobPhase['state']): Promise<void> =>
    context.progress([
      { name: 'Match resources', done: totals.resources, total: state === 'done' ? totals.resources : null, state },
    ]);
  await report('running');
  const input = { advisories: index, vex: book, now };
  const write = async (known: readonly StoredInventory[]): Promise<void> => {
    const counts = await rematchResources(deps, { ...input, known });
    totals.resources += known.length;
    totals.opened += counts.open + counts.reopen;
    totals.closed += counts.close;
    totals.changed += counts.refresh;
  };
  let read: StoredInventory[] = [];
  const writeAll = async (): Promise<void> => {
    const batches = Array.from({ length: WRITERS }, (_, n) =>
      read.slice(n * RESOURCES_AT_ONCE, (n + 1) * RESOURCES_AT_ONCE),
    );
    read = [];
    await sideBySide(batches.filter(({ length }) => length > 0).map(write));
    await report('running');
  };
  for await (const known of deps.inventories.withPackage(keys)) {
    context.signal.throwIfAborted();
    if (deps.advisories().revision() !== index.revision()) return false;
    read.push(known);
    if (read.length === RESOURCES_AT_ONCE * WRITERS) await writeAll();
  }
  if (read.length > 0) await writeAll();
  // Another index that came into force while the last of them were written makes another pass.
  if (deps.advisories().revision() !== index.revision()) return false;
  context.signal.throwIfAborted();
  await report('done');
  return true;
}

/** A new day of EPSS, of the catalogue of known exploited flaws, of published exploits: scores move, nothing is matched. */
async function rescore(
  deps: Dependencies,
  context: JobContext,
  { index, book }: { readonly index: AdvisoryIndex; readonly book: VexBook },
  totals: Totals,
): Promise<void> {
  const done = await rescoreFindings(deps, {
    advisories: index,
    vex: book,
    now: deps.clock.now(),
    signal: context.signal,
  });
  totals.scored += done.scored;
  totals.opened += done.opened;
  totals.closed += done.closed;
  totals.changed += done.changed;
}

function resultOf({ resources, opened, closed, changed, scored }: Totals): JobResult {
  const moved = scored === 0 ? '' : ` The score of ${counted(scored)} findings moved.`;
  if (resources === 0) {
    return { outcome: 'done', message: `No stored package is named by an advisory that changed.${moved}` };
  }
  const findings = `${counted(opened)} findings opened, ${counted(closed)} closed, ${counted(changed)} changed`;
  const matched = resources === 1 ? '1 resource was' : `${counted(resources)} resources were`;
  return { outcome: 'done', message: `${matched} matched again: ${findings}.${moved}` };
}

function packagesIn(keys: ChangedKeys): string {
  if (keys === 'everything') return 'all packages';
  return keys.size === 1 ? '1 package' : `${counted(keys.size)} packages`;
}

function counted(amount: number): string {
  return amount.toLocaleString('en-US');
}
