import { ecosystems } from '../core/ecosystems/registry.ts';
import { AppError } from '../core/model/app-error.ts';
import { ecosystemOfKey } from '../core/model/ids.ts';
import { type Explanation, explain } from '../core/scan/package/explain.ts';
import type { PackageQuery } from '../core/scan/package/query.ts';
import { openAdvisoryIndex } from '../feeds/advisory-index/open-advisory-index.ts';
import { type Command, EXIT, readArguments, type Surroundings, UsageError } from './command.ts';
import { fromPurlText } from './match-query.ts';
import { collectTarget, readTarget } from './target.ts';
import { readVexBook } from './vex-option.ts';

export const why: Command = {
  name: 'why',
  usage: 'ID PURL|TARGET [--json] [--vex FILE]…',
  summary: 'why a vulnerability is, or is not, found in a package or a target',
  async run(args, around) {
    const { values, positionals } = readArguments(
      args,
      { json: { type: 'boolean' }, vex: { type: 'string', multiple: true } },
      2,
    );
    const [id, about] = positionals;
    if (id === undefined || about === undefined) {
      throw new UsageError('An id, such as CVE-2024-6119, and a package URL or a target are needed.');
    }
    const index = openAdvisoryIndex(around.environment().dataDirectory);
    try {
      if (index.revision() === null) {
        throw new AppError(
          'unavailable',
          'The advisory index is empty, so nothing can be said. Run "harrier feeds sync".',
        );
      }
      const book = await readVexBook(values.vex ?? [], around);
      const queries = about.startsWith('pkg:')
        ? [{ query: queryOf(about), purl: about }]
        : await queriesOf(about, id, index, around);
      const answers = queries.map(({ query, purl }) => explain(id, query, index, { book, purl }));
      if (values.json) {
        await around.out.line(JSON.stringify(answers, null, 2));
      } else {
        await around.out.line(
          answers.map(sentences).join('\n') || `No package of ${about} is named by records of ${id}.`,
        );
      }
      return EXIT.done;
    } finally {
      index.close();
    }
  },
};

function queryOf(purl: string): PackageQuery {
  const query = fromPurlText(purl);
  if ('undecidable' in query) {
    throw new UsageError(`${query.undecidable}.`);
  }
  return query;
}

interface Asked {
  readonly query: PackageQuery;
  readonly purl: string;
}

/** The packages of a target that any record of the vulnerability names, each version once. */
async function queriesOf(
  text: string,
  id: string,
  index: ReturnType<typeof openAdvisoryIndex>,
  around: Surroundings,
): Promise<readonly Asked[]> {
  const { packages, distro } = await collectTarget(readTarget(text), around);
  const named = new Set<string>(index.statements(id).map(({ key }) => key));
  const queries = new Map<string, Asked>();
  for (const pkg of packages) {
    const ecosystem = ecosystems[pkg.ecosystem];
    const version = ecosystem.advisoryVersion(pkg);
    for (const key of ecosystem.advisoryKeys(pkg, distro)) {
      if (named.has(key)) {
        const osv = ecosystemOfKey(key);
        const query = { ecosystem: osv, name: key.slice(osv.length + 1), version };
        queries.set(`${key} ${version}`, { query, purl: pkg.purl });
      }
    }
  }
  return [...queries.values()];
}

function sentences({ vulnerability, answer, ecosystem, package: name, version, reasons }: Explanation): string {
  const verdicts = {
    affected: 'affects',
    'not affected': 'does not affect',
    undecidable: 'cannot be decided for',
    'not known': 'is not known for',
  };
  const first = `${vulnerability} ${verdicts[answer]} ${name} ${version} (${ecosystem}).`;
  return [first, ...reasons.map(({ text }) => `  ${text}`)].join('\n');
}
