import type { VersionScheme } from '../core/versions/scheme.ts';
import { semver } from '../core/versions/semver.ts';

/** An entry of `affected` as published, untouched by any code of the engine. */
export interface RawAffected {
  readonly package?: { readonly ecosystem: string; readonly name: string };
  readonly ranges?: readonly { readonly type: string; readonly events: readonly RawEvent[] }[];
  readonly versions?: readonly string[];
}

interface RawEvent {
  readonly introduced?: string;
  readonly fixed?: string;
  readonly last_affected?: string;
  readonly limit?: string;
}

/**
 * The evaluation algorithm of the OSV schema (section "Evaluation"), written a second time from its text and for the
 * accuracy report alone. Null where a version cannot be ordered.
 */
export function isAffected(entry: RawAffected, version: string, scheme: VersionScheme): boolean | null {
  if (entry.versions?.includes(version)) {
    return true;
  }
  const ranges = (entry.ranges ?? []).filter(({ type }) => type !== 'GIT');
  // Commits alone say nothing about a version.
  let open = ranges.length === 0 && (entry.versions ?? []).length === 0;
  for (const range of ranges) {
    const included = isIncluded(range.events, version, range.type === 'SEMVER' ? semver : scheme);
    if (included === true) {
      return true;
    }
    open ||= included === null;
  }
  const own = parse(scheme, version);
  for (const listed of own === null ? [] : (entry.versions ?? [])) {
    const parsed = parse(scheme, listed);
    if (parsed !== null && scheme.compare(parsed.value, own?.value) === 0) {
      return true;
    }
  }
  return open ? null : false;
}

function isIncluded(events: readonly RawEvent[], version: string, scheme: VersionScheme): boolean | null {
  const own = parse(scheme, version);
  const places = events.map((event) => {
    const text = event.introduced ?? event.fixed ?? event.last_affected ?? event.limit ?? '';
    return { event, text, at: event.introduced === '0' || event.limit === '*' ? null : parse(scheme, text) };
  });
  if (own === null || places.some(({ event, at }) => at === null && event.introduced !== '0' && event.limit !== '*')) {
    return null;
  }
  const limits = places.filter(({ event }) => event.limit !== undefined);
  const isBelow = limits.some(({ at }) => at === null || scheme.compare(own.value, at.value) < 0);
  if (limits.length > 0 && !isBelow) {
    return false;
  }
  const sorted = places
    .filter(({ event }) => event.limit === undefined)
    .sort((a, b) =>
      a.at === null || b.at === null
        ? Number(b.at === null) - Number(a.at === null)
        : scheme.compare(a.at.value, b.at.value),
    );
  let vulnerable = false;
  for (const { event, at } of sorted) {
    const order = at === null ? 1 : scheme.compare(own.value, at.value);
    if (event.introduced !== undefined && order >= 0) {
      vulnerable = true;
    } else if (event.fixed !== undefined && order >= 0) {
      vulnerable = false;
    } else if (event.last_affected !== undefined && order > 0) {
      vulnerable = false;
    }
  }
  return vulnerable;
}

function parse(scheme: VersionScheme, text: string): { readonly value: unknown } | null {
  const value = scheme.parse(text);
  return value === null || scheme.isDoubtful(value) ? null : { value };
}
