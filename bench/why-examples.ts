import { fromPurlText } from '../lib/cli/match-query.ts';
import { readVex } from '../lib/core/advisories/vex/read-vex.ts';
import type { AdvisoryIndex } from '../lib/core/ports/advisory-index.ts';
import { explain, type ReasonCode } from '../lib/core/scan/package/explain.ts';
import { type VexBook, vexBook } from '../lib/core/scan/package/vex-book.ts';

type Question = readonly [code: ReasonCode, id: string, purl: string];

/** Questions over published records that are affected. */
const WHY: readonly Question[] = [
  ['covered', 'CVE-2021-23337', 'pkg:npm/lodash@4.17.20'],
  ['covered', 'CVE-2021-33503', 'pkg:pypi/urllib3@1.26.4'],
  ['covered', 'CVE-2022-24785', 'pkg:npm/moment@2.29.1'],
  ['covered', 'GHSA-jfh8-c2jp-5v3q', 'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1'],
  ['covered', 'CVE-2023-4641', 'pkg:deb/ubuntu/shadow@1:4.8.1-2ubuntu2.1?distro=jammy'],
  ['covered', 'CVE-2022-3715', 'pkg:deb/ubuntu/bash@5.1-6ubuntu1?distro=jammy'],
  ['covered', 'CVE-2023-0286', 'pkg:deb/debian/openssl@1.1.1n-0%2Bdeb11u3?distro=bullseye'],
  ['covered', 'CVE-2019-1563', 'pkg:apk/alpine/openssl@1.1.1c-r0?distro=3.10'],
  ['covered', 'RUSTSEC-2020-0071', 'pkg:cargo/time@0.1.43'],
  ['covered', 'CVE-2022-32149', 'pkg:golang/golang.org/x/text@0.3.7'],
];

/** One question for each kind of reason that a vulnerability is not found. */
const WHY_NOT: readonly Question[] = [
  ['fixed', 'CVE-2021-23337', 'pkg:npm/lodash@4.17.21'],
  ['fixed-by-backport', 'CVE-2023-0286', 'pkg:deb/debian/openssl@1.1.1n-0%2Bdeb11u4?distro=bullseye'],
  ['not-yet-introduced', 'CVE-2020-36327', 'pkg:gem/bundler@1.15.0'],
  ['after-last-affected', 'CVE-2018-16470', 'pkg:gem/rack@2.0.6'],
  ['between-ranges', 'CVE-2021-45710', 'pkg:cargo/tokio@1.8.5'],
  ['not-listed', 'OSV-2022-1074', 'pkg:pypi/pillow@9.3.0'],
  ['withdrawn', 'RUSTSEC-2020-0053', 'pkg:cargo/dirs@3.0.1'],
  ['other-release', 'CVE-2019-18276', 'pkg:deb/ubuntu/bash@5.1-6ubuntu1?distro=jammy'],
  ['other-package', 'CVE-2021-23337', 'pkg:npm/underscore@1.13.1'],
  ['index-older', 'CVE-2024-6119', 'pkg:deb/debian/openssl@3.0.9-1?distro=bookworm'],
  ['undecidable', 'CVE-2021-23337', 'pkg:npm/lodash@latest'],
];

const VENDOR: Question = ['not-affected-per-vendor', 'CVE-2019-10744', 'pkg:npm/lodash@4.17.11'];

/** What a supplier may say with `--vex`; written for this example. */
const STATEMENT = {
  '@context': 'https://openvex.dev/ns/v0.2.0',
  '@id': 'https://example.com/vex/1',
  author: 'Example Supplier',
  timestamp: '2024-03-01T00:00:00Z',
  version: 1,
  statements: [
    {
      vulnerability: { name: VENDOR[1] },
      products: [{ '@id': VENDOR[2] }],
      status: 'not_affected',
      justification: 'vulnerable_code_not_in_execute_path',
    },
  ],
};

/** Each question with its answer, as `harrier why` prints it. Throws where an answer is not of the kind that it shows. */
export function whyExamples(index: AdvisoryIndex): string {
  const statements = readVex(STATEMENT);
  const book = 'refused' in statements ? null : vexBook(statements);
  return `${WHY.map((question) => answered(question, index, null)).join('\n')}

Each kind of reason that it is not found:

${WHY_NOT.map((question) => answered(question, index, null)).join('\n')}

And with an OpenVEX document of the supplier, in \`--vex FILE\`, a record that applies is overruled. Here the document is
\`${JSON.stringify(STATEMENT)}\`:

${answered(['covered', VENDOR[1], VENDOR[2]], index, null)}
${answered(VENDOR, index, book)}`;
}

function answered([code, id, purl]: Question, index: AdvisoryIndex, book: VexBook | null): string {
  const query = fromPurlText(purl);
  if ('undecidable' in query) {
    throw new Error(`${purl}: ${query.undecidable}.`);
  }
  const { answer, reasons } = explain(id, query, index, book === null ? null : { book, purl });
  if (reasons[0]?.code !== code) {
    throw new Error(`${id} in ${purl} is to show "${code}", and says: ${JSON.stringify(reasons[0])}`);
  }
  const kind = code === 'covered' ? '' : ` (${code})`;
  return `- \`${id}\` in \`${purl}\`: **${answer}**${kind}. ${reasons[0].text}`;
}
