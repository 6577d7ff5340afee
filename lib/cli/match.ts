import { AppError } from '../core/model/app-error.ts';
import { matchQuery } from '../core/scan/package/query.ts';
import { openAdvisoryIndex } from '../feeds/advisory-index/open-advisory-index.ts';
import { type Command, EXIT, readArguments } from './command.ts';
import { linesOf } from './lines-of.ts';
import { readMatchQuery } from './match-query.ts';

export const match: Command = {
  name: 'match',
  usage: '< JSON lines',
  summary: 'advisories for one package a line, in order',
  async run(args, around) {
    readArguments(args, {}, 0);
    const index = openAdvisoryIndex(around.environment().dataDirectory);
    if (index.revision() === null) {
      throw new AppError(
        'unavailable',
        'The advisory index is empty, so nothing can be matched. Run "harrier feeds sync".',
      );
    }
    try {
      const held = new Set(index.ecosystems().map(({ ecosystem }) => baseOf(ecosystem)));
      for await (const lines of linesOf(around.stdin)) {
        const answers = lines.map((line) => {
          const query = readMatchQuery(line);
          if ('undecidable' in query) {
            return query;
          }
          // Without a feed of the ecosystem, "no advisory" would be a guess.
          const isHeld = held.has(baseOf(query.ecosystem));
          return isHeld
            ? matchQuery(query, index)
            : { undecidable: `the index holds no advisories of ${query.ecosystem}` };
        });
        if (answers.length > 0) {
          await around.out.line(answers.map((answer) => JSON.stringify(answer)).join('\n'));
        }
        if (around.out.isClosed()) {
          break;
        }
      }
    } finally {
      index.close();
    }
    return EXIT.done;
  },
};

function baseOf(ecosystem: string): string {
  return ecosystem.split(':')[0] ?? ecosystem;
}
