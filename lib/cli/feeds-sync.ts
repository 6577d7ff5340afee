import type { SourceReport } from '../core/ports/advisory-feeds.ts';
import { syncFeeds } from '../feeds/sync-feeds.ts';
import { type Command, EXIT, readArguments } from './command.ts';
import { createProgressLine } from './progress-line.ts';

export const feedsSync: Command = {
  name: 'feeds sync',
  usage: '[--from DIR|URL] [--ecosystem NAME]…',
  summary: 'bring advisories, KEV and EPSS into the advisory index',
  async run(args, around) {
    const options = { from: { type: 'string' }, ecosystem: { type: 'string', multiple: true } } as const;
    const { values } = readArguments(args, options, 0);
    const environment = around.environment();
    const progress = createProgressLine(around.err);
    const report = await syncFeeds({
      dataDirectory: environment.dataDirectory,
      from: values.from ?? environment.feeds,
      ecosystems: values.ecosystem ?? [],
      now: around.now(),
      signal: around.signal,
      onProgress: ({ source, step, done, total }) => progress.show(`${source}: ${step} ${done}${ofTotal(total)}`),
    }).finally(() => progress.clear());
    for (const source of report.sources) {
      await around.out.line(lineOf(source));
    }
    const seconds = (report.endedAt.getTime() - report.startedAt.getTime()) / 1000;
    const revision = report.revision === null ? 'nothing in force' : `revision ${report.revision}`;
    await around.out.line(`${revision}${report.changed ? '' : ' (unchanged)'}, ${seconds.toFixed(1)} s`);
    const failed = report.sources.filter(({ state }) => state === 'failed');
    for (const { error } of failed) {
      await around.err.line(`harrier: ${error}`);
    }
    return failed.length === 0 ? EXIT.done : EXIT.unfinished;
  },
};

function ofTotal(total: number | null): string {
  return total === null ? '' : ` of ${total}`;
}

function lineOf(source: SourceReport): string {
  const reasons = source.skippedReasons.map(({ reason, count }) => `${reason}: ${count}`).join('; ');
  const skipped = `${source.skipped} skipped${reasons === '' ? '' : ` (${reasons})`}`;
  const state = source.state === 'failed' ? 'failed, earlier content kept' : source.state;
  return `${source.source}: ${state}, ${source.records} records, ${skipped}, ${source.seconds.toFixed(1)} s`;
}
