import { fromPurlText } from '../lib/cli/match-query.ts';
import type { AdvisoryIndex } from '../lib/core/ports/advisory-index.ts';
import { explain } from '../lib/core/scan/package/explain.ts';

/** Questions over published records, whose answers show each kind of reason. */
const QUESTIONS: readonly (readonly [id: string, purl: string])[] = [
  ['CVE-2021-23337', 'pkg:npm/lodash@4.17.20'],
  ['CVE-2021-33503', 'pkg:pypi/urllib3@1.26.4'],
  ['CVE-2022-24785', 'pkg:npm/moment@2.29.1'],
  ['GHSA-jfh8-c2jp-5v3q', 'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1'],
  ['CVE-2023-4641', 'pkg:deb/ubuntu/shadow@1:4.8.1-2ubuntu2.1?distro=jammy'],
  ['CVE-2022-3715', 'pkg:deb/ubuntu/bash@5.1-6ubuntu1?distro=jammy'],
  ['CVE-2023-0286', 'pkg:deb/debian/openssl@1.1.1n-0%2Bdeb11u3?distro=bullseye'],
  ['CVE-2019-1563', 'pkg:apk/alpine/openssl@1.1.1c-r0?distro=3.10'],
  ['RUSTSEC-2020-0071', 'pkg:cargo/time@0.1.43'],
  ['CVE-2022-32149', 'pkg:golang/golang.org/x/text@0.3.7'],
  ['CVE-2021-23337', 'pkg:npm/lodash@4.17.21'],
  ['CVE-2021-23337', 'pkg:npm/underscore@1.13.1'],
  ['CVE-2023-4641', 'pkg:deb/ubuntu/shadow@1:4.8.1-2ubuntu2.2?distro=jammy'],
  ['CVE-2023-0286', 'pkg:deb/debian/openssl@1.1.1n-0%2Bdeb11u4?distro=bullseye'],
  ['CVE-2023-0286', 'pkg:deb/debian/openssl@3.0.9-1?distro=bookworm'],
  ['CVE-2021-33503', 'pkg:pypi/urllib3@1.26.5'],
  ['CVE-2020-36327', 'pkg:gem/bundler@1.15.0'],
  ['CVE-2023-4641', 'pkg:deb/ubuntu/bash@5.1-6ubuntu1?distro=jammy'],
  ['CVE-2024-6119', 'pkg:deb/debian/openssl@3.0.9-1?distro=bookworm'],
  ['CVE-2021-23337', 'pkg:npm/lodash@latest'],
];

/** Each question with its answer, as `harrier why` prints it. */
export function whyExamples(index: AdvisoryIndex): string {
  return QUESTIONS.map(([id, purl]) => {
    const query = fromPurlText(purl);
    if ('undecidable' in query) {
      return `- \`${id}\` in \`${purl}\`: ${query.undecidable}.`;
    }
    const { answer, reasons } = explain(id, query, index);
    return `- \`${id}\` in \`${purl}\`: **${answer}**. ${reasons[0]?.text ?? ''}`;
  }).join('\n');
}
