import type { FeedChanges } from '../changes.ts';
import type { SkipCount } from '../skip-count.ts';

/** Kinds of feeds, which are the first parts of their names; `registry.ts` holds one descriptor for each. */
export const FEED_KINDS = [
  'osv',
  'updateinfo',
  'debian-tracker',
  'alpine-secdb',
  'arch-tracker',
  'photon-cve',
  'redhat-vex',
  'ubuntu-vex',
  'nvd',
  'kev',
  'epss',
] as const;
export type FeedKindId = (typeof FEED_KINDS)[number];

/** Kinds that say of no package that it is affected, and only rate what others say. */
const SIGNALS: readonly string[] = ['nvd', 'kev', 'epss'] satisfies readonly FeedKindId[];

/** True for feeds whose records name packages. */
export function bringsAdvisories(feed: string): boolean {
  return !SIGNALS.includes(feed.split('/')[0] ?? feed);
}

/** What a read put into a pack. */
export interface ReadFeed {
  readonly records: number;
  readonly newest: Date | null;
  /** What only this kind of feed knows, such as the date of the scores. */
  readonly detail: Readonly<Record<string, string>>;
}

/** A feed's file on its way into a pack. */
export interface FeedReading {
  /** Where the pack is written. */
  readonly target: string;
  /** The feed's file, fetched whole. */
  readonly path: string;
  readonly skips: SkipCount;
  readonly now: Date;
  /** When the content was written, as far as the file tells: the date of records that have none of their own. */
  readonly asOf: Date;
  readonly signal: AbortSignal;
  /** Called for each record where the kind knows how many there are. */
  onRecord(total: number): void;
}

/**
 * Everything the rest of the system knows about one kind of feed. A `place` is the name of a feed behind its kind: `Debian` of
 * `osv/Debian`; it is empty where the kind has one feed only.
 */
export interface FeedKind {
  readonly id: FeedKindId;
  /** How the publisher lists changes and keeps each record by itself, so that only these need be fetched; false where not. */
  readonly listsChanges: FeedChanges | false;
  /** Greatest size of a feed's file, in bytes: several times what the publisher serves today. */
  readonly bytesMax: number;
  /** The feeds behind a name that somebody asks for (`--ecosystem`); none where this kind does not know it. */
  placesOf(selection: string): readonly string[];
  /** The name under which the feed is asked for; null where every sync brings it, or where this version has no such feed. */
  selectionOf(place: string): string | null;
  /** The feed in words, for messages. */
  titleOf(place: string): string;
  /** Where a mirror keeps the feed, relative to its root. */
  mirrorPath(place: string): string;
  /** Where the publisher keeps it, which may have to be asked. */
  publisherUrl(place: string, signal: AbortSignal): Promise<URL>;
  /** Reads the file into a pack. Throws when the file as a whole cannot be used. */
  read(place: string, reading: FeedReading): Promise<ReadFeed>;
}

export const MEBIBYTE = 1024 * 1024;

/** Names that people type: `Debian tracker` is also `debian-tracker`. */
export function isSelection(text: string, name: string): boolean {
  const plain = (one: string): string => one.toLowerCase().replaceAll('-', ' ');
  return plain(text) === plain(name);
}
