import { expect, it } from 'vitest';
import type { FindingDetail } from '@/lib/core/model/views.ts';
import { findingMarkdown } from './finding-markdown.ts';

const finding = {
  vulnerabilityId: 'CVE-2021-44228',
  title: 'Log4Shell <script>',
  severity: 'CRITICAL',
  score: 10,
  status: 'ACTIVE',
  teamStatus: 'open',
  resourceName: '[x](https://evil.example)\n# heading',
  accountName: 'payments',
  accountId: '111122223333',
  region: 'eu-west-1',
  dueAt: new Date('2026-12-01T00:00:00Z'),
  vulnerablePackages: [
    { name: 'log4j-core', version: '2.14.1', fixedVersion: '2.17.1' },
    { name: 'log4j-core', version: '2.14.1', fixedVersion: '2.17.1' },
    { name: 'other', version: '1', fixedVersion: null },
  ],
} as unknown as FindingDetail;

it('says each fix once and lets no name speak Markdown', () => {
  const text = findingMarkdown(finding);

  expect(text).toContain('Severity: critical, score 10.0');
  expect(text.match(/upgrade to 2.17.1/g)).toHaveLength(1);
  expect(text).toContain('other 1: no fixed version yet');
  expect(text).not.toMatch(/(?<!\\)[<[\]]|\n#/);
});
