import { compareVersions } from '../core/versions/compare-versions.ts';
import { schemes } from '../core/versions/registry.ts';
import { SCHEME_IDS } from '../core/versions/scheme.ts';
import { type Command, EXIT, oneOf, readArguments, UsageError } from './command.ts';
import { linesOf } from './lines-of.ts';

export const versionsCompare: Command = {
  name: 'versions compare',
  usage: '--scheme ID < lines of A<TAB>B',
  summary: 'order pairs of versions: <, =, > or ?',
  async run(args, around) {
    const { values } = readArguments(args, { scheme: { type: 'string' } }, 0);
    if (values.scheme === undefined) {
      throw new UsageError(`--scheme is missing. There are: ${SCHEME_IDS.join(', ')}.`);
    }
    const scheme = schemes[oneOf(values.scheme, SCHEME_IDS, 'a version scheme')];
    for await (const lines of linesOf(around.stdin)) {
      const answers = lines.map((line) => {
        const [a, b, ...more] = line?.split('\t') ?? [];
        const order = a === undefined || b === undefined || more.length > 0 ? null : compareVersions(scheme, a, b);
        return order === null ? '?' : ('<=>'[order + 1] ?? '?');
      });
      if (answers.length > 0) {
        await around.out.line(answers.join('\n'));
      }
      if (around.out.isClosed()) {
        break;
      }
    }
    return EXIT.done;
  },
};
