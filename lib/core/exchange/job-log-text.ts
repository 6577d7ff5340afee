import type { JobLogLine } from '../model/views.ts';

/** A log as a file that a person or a program reads: time in UTC, level, text. */
export function jobLogText(log: readonly JobLogLine[]): string {
  return log
    .map(({ at, level, text }) => `${at.toISOString()} ${level.padEnd(7)} ${text.replaceAll(/\r?\n/g, ' ')}\n`)
    .join('');
}
