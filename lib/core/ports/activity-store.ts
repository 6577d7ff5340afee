import type {
  ActivityEntry,
  ActivityFigures,
  ActivityFilter,
  ActivityPage,
  ActivityReader,
  ActivityRow,
} from '../model/activity.ts';

/** Who changed what, when. Reads carry the reader; none shows more than the reader may see. */
export interface ActivityStore {
  /** The newest first. */
  page(
    reader: ActivityReader,
    filter: ActivityFilter,
    page: { readonly cursor: string | null; readonly limit: number },
  ): Promise<ActivityPage>;
  figures(reader: ActivityReader, filter: ActivityFilter, now: Date): Promise<ActivityFigures>;
  /** Null when it is not there or not visible. */
  entry(reader: ActivityReader, id: string): Promise<ActivityEntry | null>;
  /** Every entry, the newest first, a page of rows at a time. */
  rows(reader: ActivityReader, filter: ActivityFilter): AsyncIterable<readonly ActivityRow[]>;
}
