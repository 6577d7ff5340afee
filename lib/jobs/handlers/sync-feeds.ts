import { isPublished } from '../../core/ecosystems/is-published.ts';
import type { JobPhase } from '../../core/model/views.ts';
import type { SourceReport, SyncProgress, SyncReport, SyncRequest } from '../../core/ports/advisory-feeds.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { type JobContext, type JobHandler, type JobResult, PermanentJobError } from '../contracts.ts';
import { askForRematch } from './ask-for-rematch.ts';

export interface SyncFeedsDependencies {
  readonly dependencies: Dependencies;
  /** Wiring adds where the feeds come from and where the index lives. */
  sync(request: SyncRequest): Promise<SyncReport>;
}

const STATES = {
  waiting: 'waiting',
  fetch: 'running',
  read: 'running',
  done: 'done',
  failed: 'failed',
} as const satisfies Record<SyncProgress['step'], JobPhase['state']>;

/** Brings advisories, exploited vulnerabilities and exploit scores into the advisory index. */
export function syncFeedsHandler(deps: SyncFeedsDependencies): JobHandler<'sync-feeds'> {
  return {
    kind: 'sync-feeds',
    run: async ({ ecosystems }, context) => {
      const phases = sourcePhases(context);
      const also = (await deps.dependencies.inventories.withoutAdvisories()).filter(isPublished);
      const report = await deps.sync({ ecosystems, also, signal: context.signal, onProgress: phases.onProgress });
      await phases.flush();
      for (const source of report.sources) {
        await context.log(source.state === 'failed' ? 'error' : 'info', lineOf(source));
      }
      if (await askForRematch(deps.dependencies, report)) {
        await context.log('info', 'Advisories about stored packages have changed: these are matched again.');
      }
      return resultOf(report);
    },
  };
}

/** One phase for each source. While one report of progress is being written, later ones wait and only the last counts. */
function sourcePhases(context: JobContext) {
  const phases = new Map<string, JobPhase>();
  let writing: Promise<void> | null = null;
  let isStale = false;
  const write = async (): Promise<void> => {
    do {
      isStale = false;
      await context.progress([...phases.values()]);
    } while (isStale);
  };
  const flush = async (): Promise<void> => {
    isStale = true;
    writing ??= write().finally(() => {
      writing = null;
    });
    await writing;
  };
  return {
    flush,
    onProgress(progress: SyncProgress): void {
      phases.set(progress.source, toPhase(progress));
      // A failure to write progress shows at the last flush; it must not stop the sync.
      flush().catch(() => undefined);
    },
  };
}

function toPhase({ source, step, done, total }: SyncProgress): JobPhase {
  const name = step === 'fetch' ? `${titleOf(source)} (KiB fetched)` : titleOf(source);
  const unit = step === 'fetch' ? 1024 : 1;
  const inUnit = (count: number): number => Math.ceil(count / unit);
  return { name, done: inUnit(done), total: total === null ? null : inUnit(total), state: STATES[step] };
}

function titleOf(source: string): string {
  if (source === 'kev') {
    return 'Known exploited vulnerabilities';
  }
  return source === 'epss' ? 'Exploit prediction scores' : `${source.replace(/^osv\//, '')} advisories`;
}

function resultOf({ sources }: SyncReport): JobResult {
  const failed = sources.filter(({ state }) => state === 'failed');
  const reasons = failed.map(({ error }) => error).join(' ');
  if (failed.length === sources.length) {
    throw new PermanentJobError(`No feed could be brought in. ${reasons}`);
  }
  const updated = sources.filter(({ state }) => state === 'updated');
  const fresh = sources.length - failed.length;
  const records = updated.reduce((sum, source) => sum + source.records, 0);
  const news =
    updated.length === 0
      ? 'nothing had changed'
      : `${updated.length} had changed, with ${records.toLocaleString('en-US')} records`;
  if (failed.length === 0) {
    return { outcome: 'done', message: `All ${sources.length} feeds are up to date: ${news}.` };
  }
  const names = failed.map(({ source }) => titleOf(source)).join(', ');
  return {
    outcome: 'partial',
    message: `${fresh} of ${sources.length} feeds are up to date: ${news}. Not brought in: ${names}. ${reasons}`,
  };
}

function lineOf(source: SourceReport): string {
  if (source.error !== null) {
    return source.error;
  }
  const skipped = source.skippedReasons.map(({ reason, count }) => `${count} ${reason}`).join('; ');
  const left = source.skipped === 0 ? '' : `, ${source.skipped} left out (${skipped})`;
  const records = source.records.toLocaleString('en-US');
  return `${titleOf(source.source)}: ${source.state}, ${records} records${left}, ${source.seconds.toFixed(1)} s.`;
}
