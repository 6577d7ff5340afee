import { toMarkdown } from '../table.ts';
import { GROUPS } from './fixture-groups.ts';
import type { Landing, Reading } from './read-fixtures.ts';

/** Files of a group or reason that are shown. */
const EXAMPLES = 2;

/** The table per format, the reasons, and what no parser read. */
export function fixturesText(landing: Landing, files: number): string {
  const { readings, beside, grouped, locked } = landing;
  const spoken = new Set(readings.map(({ file }) => file));
  const read = [...beside.keys()].filter((file) => !spoken.has(file));
  return `${count(files)} files, each read as it would be met: under the name that its format has on disk, alone or in the tree
that it belongs to. ${count(spoken.size)} of them yield packages or a diagnostic that names why not; ${count(read.length)} are read on the
way, such as the parent of a pom; ${count(locked.length)} are manifests that name no package or whose lock file beside them does;
${count(grouped.size)} hold no list of packages, or are of a format that has no parser.

### By format

"Whole": everything in it was read. "In part": a diagnostic says what is missing. "None": it was read, and holds no package,
which an information says. "Refused": nothing could be read, and a warning says why; a scan of such a thing is not complete.

${toMarkdown(['Format', 'Files', 'Packages', 'Whole', 'In part', 'None', 'Refused'], formatRows(readings))}

### Why a file was refused, or read in part

${reasonsTable(readings.filter(({ isComplete }) => !isComplete))}

### Why a file holds no package

${reasonsTable(readings.filter(({ isComplete, packages }) => isComplete && packages === 0))}

### Read on the way

${toMarkdown(['For', 'Files', 'Such as'], besideRows(read, beside))}

### Not read, because

${toMarkdown(['Files of', 'Files', 'Because'], groupRows(grouped))}`;
}

/** Files that nobody spoke of. */
export function nobodyText(nobody: readonly string[]): string {
  const list = nobody.map((file) => `- ${file}`).join('\n');
  return nobody.length === 0 ? '' : `\n### Nobody spoke of\n\n${list}\n`;
}

function formatRows(readings: readonly Reading[]): readonly (readonly (string | number)[])[] {
  const byFormat = Map.groupBy(readings, ({ format }) => format);
  const rows = [...byFormat].sort(([a], [b]) => (a < b ? -1 : 1)).map(([format, own]) => [format, ...figures(own)]);
  return [...rows, ['All', ...figures(readings)]];
}

function figures(readings: readonly Reading[]): readonly number[] {
  const with_ = readings.filter(({ packages }) => packages > 0);
  const without = readings.filter(({ packages }) => packages === 0);
  const whole = (list: readonly Reading[]): number => list.filter(({ isComplete }) => isComplete).length;
  return [
    readings.length,
    readings.reduce((sum, { packages }) => sum + packages, 0),
    whole(with_),
    with_.length - whole(with_),
    whole(without),
    without.length - whole(without),
  ];
}

function reasonsTable(readings: readonly Reading[]): string {
  const counts = new Map<string, number>();
  for (const { format, says, isComplete } of readings) {
    // Beside the reason, a file may have remarks on what was rightly left out.
    const grave = isComplete ? says : says.filter(({ level }) => level !== 'info');
    for (const reason of new Set((grave.length > 0 ? grave : says).map(({ message }) => withoutDetails(message)))) {
      const key = `${format.replace(/ [0-9.]+ \(.*/, '')}\t${reason}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const rows = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, files]) => {
      const [format = '', reason = ''] = key.split('\t');
      return [format, files, reason];
    });
  return toMarkdown(['Format', 'Files', 'Reason'], rows);
}

/** The reason without the names, numbers and places of the one file. */
function withoutDetails(message: string): string {
  return message
    .replace(/"(?:.*)"(?: at version ".*")?/g, '"…"')
    .replace(/(settled by files of this tree|read in part: it is damaged|damaged|no pom|not whole): .*/, '$1 …')
    .replace(/\b(of|manifest of) \S+ (was skipped|is not written|has no version)/, '$1 … $2')
    .replace(/(its package URL|such as|as in|at|first|named?|types?) [^ ]*pkg:.*/, '$1 …')
    .replace(/(told from the document), which holds .*/, '$1, which holds other things.')
    .replace(/\b[0-9][0-9,.]*[0-9]\b|\b[0-9]\b/g, 'N')
    .replace(/^N (entry was|component|package)\b/, (_, word: string) =>
      word === 'entry was' ? 'N entries were' : `N ${word}s`,
    )
    .replace(/^(?:An entry) could/, 'N entries could')
    .replace(/[|\t\n]/g, ' ')
    .slice(0, 160);
}

function besideRows(
  files: readonly string[],
  beside: ReadonlyMap<string, string>,
): readonly (readonly (string | number)[])[] {
  const byFormat = Map.groupBy(files, (file) => beside.get(file) ?? '');
  return [...byFormat]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([format, own]) => [
      format,
      own.length,
      [...new Set(own.map((file) => `\`${file.slice(file.lastIndexOf('/') + 1)}\``))].slice(0, EXAMPLES).join(', '),
    ]);
}

function groupRows(grouped: ReadonlyMap<string, string>): readonly (readonly (string | number)[])[] {
  return GROUPS.flatMap(({ name, why }) => {
    const files = [...grouped.values()].filter((group) => group === name).length;
    return files === 0 ? [] : [[name, files, why]];
  });
}

function count(number: number): string {
  return number.toLocaleString('en');
}
