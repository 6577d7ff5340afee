import { feedStatus } from '../feeds/advisory-index/feed-status.ts';
import { openAdvisoryIndex } from '../feeds/advisory-index/open-advisory-index.ts';
import { type Command, EXIT, readArguments } from './command.ts';
import { plainTable } from './plain-table.ts';

export const feedsStatus: Command = {
  name: 'feeds status',
  usage: '[--json]',
  summary: 'what the advisory index holds, and how old it is',
  async run(args, around) {
    const { values } = readArguments(args, { json: { type: 'boolean' } }, 0);
    const { dataDirectory } = around.environment();
    const index = openAdvisoryIndex(dataDirectory);
    const now = around.now();
    const status = {
      revision: index.revision(),
      ecosystems: index.ecosystems().map((one) => ({ ...one, ageDays: ageDays(one.newestRecord, now) })),
      sources: feedStatus(dataDirectory),
    };
    index.close();
    if (values.json) {
      await around.out.line(JSON.stringify(status, null, 2));
    } else if (status.revision === null) {
      await around.out.line('The advisory index is empty. Run "harrier feeds sync".');
    } else {
      await around.out.line(`revision ${status.revision}\n`);
      const ecosystems = status.ecosystems.map(({ ecosystem, records, newestRecord, ageDays: age, syncedAt }) => [
        ecosystem,
        String(records),
        dayOf(newestRecord),
        age === null ? '-' : `${age} days`,
        dayOf(syncedAt),
      ]);
      await around.out.line(`${plainTable(['ECOSYSTEM', 'RECORDS', 'NEWEST', 'AGE', 'SYNCED'], ecosystems)}\n`);
      const sources = status.sources.map(({ source, records, newestRecord, syncedAt, lastError }) => [
        source,
        String(records),
        dayOf(newestRecord),
        dayOf(syncedAt),
        lastError ?? '',
      ]);
      await around.out.line(plainTable(['SOURCE', 'RECORDS', 'NEWEST', 'SYNCED', 'LAST ERROR'], sources));
    }
    return EXIT.done;
  },
};

function dayOf(date: Date | null): string {
  return date === null ? '-' : date.toISOString().slice(0, 10);
}

/** Whole days since the newest record; null where there is none. */
function ageDays(date: Date | null, now: Date): number | null {
  return date === null ? null : Math.max(0, Math.floor((now.getTime() - date.getTime()) / 86_400_000));
}
