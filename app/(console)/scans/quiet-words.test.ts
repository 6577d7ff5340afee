import { expect, it } from 'vitest';
import { dayOf, minuteOf, quietInWords, timeOf } from './quiet-words.ts';

it('a quiet time reads as days and times', () => {
  expect(quietInWords({ from: 4 * 1_440 + 18 * 60, to: 6 * 60, timeZone: 'UTC' })).toBe('Fri 18:00 to Mon 06:00');
});

it('each minute of the week is read as it is written', () => {
  for (let minute = 0; minute < 7 * 1_440; minute += 1) expect(minuteOf(dayOf(minute), timeOf(minute))).toBe(minute);
});

it.each([
  ['Fri', ''],
  ['Fri', '24:00'],
  ['Fri', '7:00'],
  ['Day', '07:00'],
])('%s %s is no time', (day, time) => {
  expect(minuteOf(day, time)).toBeNull();
});
