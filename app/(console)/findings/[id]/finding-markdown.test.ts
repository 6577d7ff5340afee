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
  network: null,
  guidance: {
    steps: [
      { text: 'Upgrade [a] to 2', ways: [{ command: 'npm install a@2' }, { command: 'npm update a' }] },
      { text: 'Upgrade b', ways: [{ command: "x 'a`b'" }] },
      { text: 'Upgrade c', ways: [{ command: "x 'a\nb'" }] },
    ],
    restart: { kind: 'reboot', text: 'Reboot.' },
    unfixed: ['<other>'],
  },
} as unknown as FindingDetail;

it('says how it is ended and lets no name speak Markdown', () => {
  const text = findingMarkdown(finding);

  expect(text).toContain('Severity: critical, score 10.0');
  expect(text.slice(text.indexOf('- Upgrade'))).toBe(
    [
      '- Upgrade \\[a\\] to 2',
      '  `npm install a@2`',
      '- Upgrade b',
      '- Upgrade c',
      '- Reboot.',
      '- \\<other\\>: no fixed version yet',
    ].join('\n'),
  );
  expect(text).not.toMatch(/(?<!\\)[<[\]]|\n#/);
});
