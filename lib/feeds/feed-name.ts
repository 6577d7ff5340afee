import type { FeedKind, FeedKindId } from './kinds/feed-kind.ts';
import { feedKinds } from './kinds/registry.ts';

/** A kind of feed and the place of one feed within it, such as `osv/Debian`; a kind with one feed only is its name. */
export type FeedName = FeedKindId | `${FeedKindId}/${string}`;

/** Ecosystems that a sync brings when nobody names others: those that this version can match. */
export const DEFAULT_ECOSYSTEMS: readonly string[] = [
  'Debian',
  'Ubuntu',
  'Alpine',
  'npm',
  'PyPI',
  'Maven',
  'Go',
  'crates.io',
  'RubyGems',
  'Packagist',
  'NuGet',
];

/** Feeds that every sync brings. */
export const SIGNAL_FEEDS: readonly FeedName[] = ['kev', 'epss'];

/** The feeds behind a name that somebody asks for: those of the first kind that knows it. */
export function feedsOfEcosystem(ecosystem: string): readonly FeedName[] {
  for (const kind of Object.values<FeedKind>(feedKinds)) {
    const places = kind.placesOf(ecosystem);
    if (places.length > 0) {
      return places.map((place): FeedName => (place === '' ? kind.id : `${kind.id}/${place}`));
    }
  }
  return [];
}

/** The name under which a feed is asked for; null for feeds that come with every sync and those that are not known. */
export function ecosystemOf(feed: string): string | null {
  const { kind, place } = partsOf(feed);
  return Object.hasOwn(feedKinds, kind) ? feedKinds[kind as FeedKindId].selectionOf(place) : null;
}

export function kindOf(feed: FeedName): FeedKind {
  return feedKinds[partsOf(feed).kind as FeedKindId];
}

/** The name of a feed behind its kind. */
export function placeOf(feed: FeedName): string {
  return partsOf(feed).place;
}

export function feedTitle(feed: FeedName): string {
  return kindOf(feed).titleOf(placeOf(feed));
}

/** Where a mirror keeps the feed, relative to its root. */
export function mirrorPath(feed: FeedName): string {
  return kindOf(feed).mirrorPath(placeOf(feed));
}

function partsOf(feed: string): { readonly kind: string; readonly place: string } {
  const slash = feed.indexOf('/');
  return slash === -1 ? { kind: feed, place: '' } : { kind: feed.slice(0, slash), place: feed.slice(slash + 1) };
}
