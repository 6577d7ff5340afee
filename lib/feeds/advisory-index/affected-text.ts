import type { AdvisoryRange, AffectedVersions, RangeEvent } from '../../core/model/advisory.ts';

/**
 * The versions that an entry covers, as lines of text: `E` or `S` opens a range, then `i`, `f`, `l` and `m` are its
 * events (introduced, fixed, last affected, limit), and `v` is a listed version. Most entries of an ecosystem read
 * the same as another one's, so a pack keeps each text once.
 */
export function encodeAffected({ ranges, versions }: AffectedVersions): string {
  const lines: string[] = [];
  for (const range of ranges) {
    lines.push(range.type === 'SEMVER' ? 'S' : 'E');
    for (const event of range.events) {
      lines.push(lineOf(event));
    }
  }
  lines.push(...versions.map((version) => `v${version}`));
  const text = lines.join('\n');
  // A version with a line break of its own would read as two lines.
  return lines.some((line) => line.includes('\n')) ? `J${JSON.stringify({ ranges, versions })}` : text;
}

function lineOf(event: RangeEvent): string {
  if (event.introduced !== undefined) {
    return `i${event.introduced}`;
  }
  if (event.fixed !== undefined) {
    return `f${event.fixed}`;
  }
  return event.lastAffected === undefined ? `m${event.limit ?? ''}` : `l${event.lastAffected}`;
}

export function decodeAffected(text: string): AffectedVersions {
  if (text.startsWith('J')) {
    return JSON.parse(text.slice(1)) as AffectedVersions;
  }
  const ranges: { type: AdvisoryRange['type']; events: RangeEvent[] }[] = [];
  const versions: string[] = [];
  for (const line of text === '' ? [] : text.split('\n')) {
    const value = line.slice(1);
    if (line[0] === 'E' || line[0] === 'S') {
      ranges.push({ type: line[0] === 'S' ? 'SEMVER' : 'ECOSYSTEM', events: [] });
    } else if (line[0] === 'v') {
      versions.push(value);
    } else {
      ranges.at(-1)?.events.push(eventOf(line[0], value));
    }
  }
  return { ranges, versions };
}

function eventOf(code: string | undefined, value: string): RangeEvent {
  if (code === 'i') {
    return { introduced: value };
  }
  if (code === 'f') {
    return { fixed: value };
  }
  return code === 'l' ? { lastAffected: value } : { limit: value };
}
