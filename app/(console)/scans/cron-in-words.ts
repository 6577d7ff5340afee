import { wordList } from '@/lib/core/model/word-list.ts';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** `Every Monday at 03:00, Europe/Berlin`. */
export function scheduleInWords({ cron, timeZone }: { readonly cron: string; readonly timeZone: string }): string {
  return `${cronInWords(cron)}, ${timeZone}`;
}

/** Five fields of cron as people say them; a shape that has no short sentence stays as it is written. */
export function cronInWords(cron: string): string {
  const [minute = '', hour = '', day = '', month = '', weekday = '', ...more] = cron.trim().split(/\s+/);
  const words = more.length > 0 || month !== '*' ? null : sentenceOf({ minute, hour, day, weekday });
  return words ?? cron;
}

interface Fields {
  readonly minute: string;
  readonly hour: string;
  readonly day: string;
  readonly weekday: string;
}

function sentenceOf({ minute, hour, day, weekday }: Fields): string | null {
  const isDaily = day === '*' && weekday === '*';
  const repeated = isDaily ? repeatedInWords(minute, hour) : null;
  if (repeated !== null) return repeated;
  const times = timesOf(minute, hour);
  if (times === null) return null;
  if (isDaily) return `Every day at ${times}`;
  const days = day === '*' ? weekdaysInWords(weekday) : null;
  if (days !== null) return `${days} at ${times}`;
  const dates = weekday === '*' ? numbersOf(day, 1, 31) : null;
  return dates === null ? null : `On the ${wordList(dates.map(ordinal))} at ${times}`;
}

/** What comes around within a day; only what does so evenly. */
function repeatedInWords(minute: string, hour: string): string | null {
  const minutes = stepOf(minute, 60);
  if (minutes !== null) return hour === '*' ? every(minutes, 'minute') : null;
  const hours = stepOf(hour, 24);
  const [past, ...others] = numbersOf(minute, 0, 59) ?? [];
  if (hours === null || past === undefined || others.length > 0) return null;
  return past === 0 ? every(hours, 'hour') : `${every(hours, 'hour')} at ${past} past`;
}

function every(count: number, what: string): string {
  return count === 1 ? `Every ${what}` : `Every ${count} ${what}s`;
}

function stepOf(field: string, whole: number): number | null {
  if (field === '*') return 1;
  const step = Number(/^\*\/(\d{1,2})$/.exec(field)?.[1]);
  return step > 0 && whole % step === 0 ? step : null;
}

function timesOf(minute: string, hour: string): string | null {
  const [first, ...others] = numbersOf(minute, 0, 59) ?? [];
  const hours = numbersOf(hour, 0, 23);
  if (first === undefined || others.length > 0 || hours === null) return null;
  return wordList(hours.map((one) => `${twoDigits(one)}:${twoDigits(first)}`));
}

function weekdaysInWords(field: string): string | null {
  const [from, to, ...rest] = field.split('-').map(weekdayOf);
  if (from && to && rest.length === 0) return `${from} to ${to}`;
  const names = field.split(',').map(weekdayOf);
  return names.every((name) => name !== null) ? `Every ${wordList(names)}` : null;
}

function weekdayOf(text: string): string | null {
  if (/^[0-7]$/.test(text)) return DAYS[Number(text) % 7] ?? null;
  return /^[a-z]{3}$/i.test(text)
    ? (DAYS.find((day) => day.slice(0, 3).toLowerCase() === text.toLowerCase()) ?? null)
    : null;
}

function numbersOf(field: string, least: number, most: number): readonly number[] | null {
  const parts = field.split(',');
  const numbers = parts.map(Number);
  const isRight = parts.every((part) => /^\d{1,2}$/.test(part)) && numbers.every((one) => one >= least && one <= most);
  return isRight ? numbers.toSorted((a, b) => a - b) : null;
}

function ordinal(day: number): string {
  const isTeen = day > 10 && day < 14;
  const ending = isTeen ? undefined : { 1: 'st', 2: 'nd', 3: 'rd' }[day % 10];
  return `${day}${ending ?? 'th'}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
