import { isEvidence, placesOf } from '../owned-files.ts';
import { type Entry, entriesOf } from './header.ts';
import { viewOf } from './header-blobs.ts';

const DIRECTORY_INDEXES = 1116;
const BASENAMES = 1117;
const DIRECTORY_NAMES = 1118;

/** The files of a package that language parsers would count a second time. The header must be one that was parsed. */
export function evidenceOf(bytes: Uint8Array): readonly string[] {
  const view = viewOf(bytes);
  const { entries, start, end } = entriesOf(view);
  const names = textsOf(bytes, entries.get(BASENAMES), start, end);
  if (names.length === 0) {
    return [];
  }
  const directories = textsOf(bytes, entries.get(DIRECTORY_NAMES), start, end);
  const indexes = start + (entries.get(DIRECTORY_INDEXES)?.offset ?? Number.POSITIVE_INFINITY);
  return names.flatMap((name, index) => {
    const at = indexes + index * 4;
    const directory = at + 4 <= end ? directories[view.getUint32(at)] : undefined;
    return directory !== undefined && isEvidence(directory, name) ? placesOf(`${directory}${name}`) : [];
  });
}

/** An array of texts, each of which ends with a zero byte. */
function textsOf(bytes: Uint8Array, entry: Entry | undefined, start: number, end: number): readonly string[] {
  if (entry === undefined || entry.count === 0) {
    return [];
  }
  const from = start + entry.offset;
  let at = from;
  for (let left = entry.count; left > 0 && at < end; left -= 1) {
    const zero = bytes.indexOf(0, at);
    at = zero === -1 ? end : zero + 1;
  }
  return new TextDecoder().decode(bytes.subarray(from, Math.min(at, end) - 1)).split('\0');
}
