/** `Mon 30 Nov 03:00` in a time zone, with the year where it is another one. */
export function formatRun(time: Date, timeZone: string, now: Date): string {
  const { weekday, day, month, year, hour, minute } = partsOf(time, timeZone);
  const date = `${weekday} ${day} ${month}`;
  return `${date}${year === partsOf(now, timeZone).year ? '' : ` ${year}`} ${hour}:${minute}`;
}

/** `03:00 in Europe/Berlin`, beside the same time in UTC; with the day where it is another one. */
export function formatRunElsewhere(time: Date, timeZone: string): string {
  const { weekday, hour, minute } = partsOf(time, timeZone);
  const day = weekday === partsOf(time, 'UTC').weekday ? '' : `${weekday} `;
  return `${day}${hour}:${minute} in ${timeZone}`;
}

function partsOf(time: Date, timeZone: string): Partial<Record<Intl.DateTimeFormatPartTypes, string>> {
  const format = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  });
  return Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
}
