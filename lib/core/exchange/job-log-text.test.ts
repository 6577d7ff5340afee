import { expect, it } from 'vitest';
import { jobLogText } from './job-log-text.ts';

it('a log is one line for each of its lines', () => {
  const at = new Date('2026-11-28T12:00:00.5Z');
  expect(
    jobLogText([
      { at, level: 'info', text: 'Read 3 hosts.' },
      { at, level: 'warning', text: 'one\nand two' },
    ]),
  ).toBe('2026-11-28T12:00:00.500Z info    Read 3 hosts.\n2026-11-28T12:00:00.500Z warning one and two\n');
});

it('an empty log is an empty file', () => {
  expect(jobLogText([])).toBe('');
});
