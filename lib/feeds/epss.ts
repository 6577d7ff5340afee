import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { type EpssHeader, parseEpssHeader, parseEpssLine } from '../core/advisories/epss.ts';
import type { EpssScore } from '../core/model/advisory.ts';
import type { SkipCount } from './skip-count.ts';

export interface EpssRow {
  readonly id: string;
  readonly score: EpssScore;
}

/** Nine in ten lines have 30 bytes; nothing that the publisher writes comes near this. */
const LINE_LENGTH_MAX = 1000;
const COLUMNS = 'cve,epss,percentile';
/** Ten times the CVEs there are. */
const LINES_MAX = 5_000_000;

/**
 * The rows of EPSS's daily file in batches, unpacked as a stream. Bad lines are counted and passed by. Throws when the
 * file is cut short or does not say its date, since a score without a date cannot be told from an old one.
 */
export async function* readEpss(
  path: string,
  skips: SkipCount,
  signal: AbortSignal,
  onHeader: (header: EpssHeader) => void,
): AsyncGenerator<readonly EpssRow[]> {
  let date: string | null = null;
  for await (const lines of linesOf(path, signal)) {
    const rows: EpssRow[] = [];
    for (const line of lines) {
      if (date === null) {
        date = dateOf(line, onHeader);
      } else if (line !== '' && line !== COLUMNS) {
        const row = parseEpssLine(line, date);
        if (row === null) {
          skips.add('a line is not CVE, score, percentile');
        } else {
          rows.push(row);
        }
      }
    }
    yield rows;
  }
  if (date === null) {
    throw new Error('it is empty');
  }
}

function dateOf(line: string, onHeader: (header: EpssHeader) => void): string {
  const header = parseEpssHeader(line);
  if (header === null) {
    throw new Error('its first line does not state the model and the date of the scores');
  }
  onHeader(header);
  return header.date;
}

async function* linesOf(path: string, signal: AbortSignal): AsyncGenerator<readonly string[]> {
  const source = createReadStream(path, { signal });
  const unpacked = createGunzip({ chunkSize: 256 * 1024 });
  source.on('error', (error) => unpacked.destroy(error));
  source.pipe(unpacked);
  let rest = '';
  let count = 0;
  for await (const chunk of unpacked) {
    const lines = (rest + (chunk as Buffer).toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    count += lines.length;
    if (rest.length > LINE_LENGTH_MAX || count > LINES_MAX) {
      throw new Error('it is not a list of scores');
    }
    yield lines.map((line) => line.trimEnd());
  }
  if (rest !== '') {
    yield [rest.trimEnd()];
  }
}
