import { describe, expect, it } from 'vitest';
import { cronInWords, scheduleInWords } from './cron-in-words.ts';

describe('a schedule in words', () => {
  it.each([
    ['0 3 * * *', 'Every day at 03:00'],
    ['30 3,15 * * *', 'Every day at 03:30 and 15:30'],
    ['0 18,6,12 * * *', 'Every day at 06:00, 12:00 and 18:00'],
    ['0 3 * * 1', 'Every Monday at 03:00'],
    ['0 3 * * mon', 'Every Monday at 03:00'],
    ['0 3 * * 7', 'Every Sunday at 03:00'],
    ['0 3 * * 1,3,5', 'Every Monday, Wednesday and Friday at 03:00'],
    ['5 0 * * 1-5', 'Monday to Friday at 00:05'],
    ['0 */6 * * *', 'Every 6 hours'],
    ['15 */6 * * *', 'Every 6 hours at 15 past'],
    ['0 * * * *', 'Every hour'],
    ['20 */1 * * *', 'Every hour at 20 past'],
    ['*/15 * * * *', 'Every 15 minutes'],
    ['* * * * *', 'Every minute'],
    ['0 2 1 * *', 'On the 1st at 02:00'],
    ['0 2 1,15 * *', 'On the 1st and 15th at 02:00'],
    ['0 2 2 * *', 'On the 2nd at 02:00'],
    ['0 2 3 * *', 'On the 3rd at 02:00'],
    ['0 2 11,12,13,31 * *', 'On the 11th, 12th, 13th and 31st at 02:00'],
    [' 0   3 * *  1 ', 'Every Monday at 03:00'],
  ])('%s is %s', (cron, words) => {
    expect(cronInWords(cron)).toBe(words);
  });

  it.each([
    // Not evenly: twenty hours pass, and then four.
    '0 */5 * * *',
    '*/7 * * * *',
    '*/15 3 * * *',
    '0 3 1 * 1',
    '0 3 * 6 *',
    '0 3 * * 1#2',
    '0 3 L * *',
    '0,30 3 * * *',
    '61 3 * * *',
    '0 24 * * *',
    '0 3 32 * *',
    '0 3 * * 8',
    '0 3 * * 1-3-5',
    '0 0 3 * * *',
    '0 3 *',
    'daily',
    '',
  ])('%s stays as it is', (cron) => {
    expect(cronInWords(cron)).toBe(cron);
  });

  it('names the time zone', () => {
    expect(scheduleInWords({ cron: '0 3 * * *', timeZone: 'Europe/Berlin' })).toBe('Every day at 03:00, Europe/Berlin');
  });
});
