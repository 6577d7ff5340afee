import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_MAIL_CHOICE, type MailChoice } from '../model/mail.ts';
import { afterQuiet, isTimeZone, nextDigest, whenToMail } from './mail-times.ts';

const berlin = { ...DEFAULT_MAIL_CHOICE, zone: 'Europe/Berlin' };

function at(text: string): Date {
  return new Date(text);
}

describe('quiet hours', () => {
  const quiet = { ...berlin, quiet: { from: 22, to: 7 } };

  it('hold what comes at once until they end, over midnight', () => {
    // 23:30 and 06:59 in Berlin in winter.
    expect(afterQuiet(quiet, at('2026-11-27T22:30:00Z'))).toEqual(at('2026-11-28T06:00:00Z'));
    expect(afterQuiet(quiet, at('2026-11-28T05:59:00Z'))).toEqual(at('2026-11-28T06:00:00Z'));
  });

  it('begin and end on the hour', () => {
    expect(afterQuiet(quiet, at('2026-11-28T06:00:00Z'))).toEqual(at('2026-11-28T06:00:00Z'));
    expect(afterQuiet(quiet, at('2026-11-27T20:59:59Z'))).toEqual(at('2026-11-27T20:59:59Z'));
    expect(afterQuiet(quiet, at('2026-11-27T21:00:00Z'))).toEqual(at('2026-11-28T06:00:00Z'));
  });

  it('from an hour to the same hour are none', () => {
    const now = at('2026-11-27T21:00:00Z');
    expect(afterQuiet({ ...berlin, quiet: { from: 22, to: 22 } }, now)).toEqual(now);
  });

  it('end on the hour that the clock skips after the gap', () => {
    // On 29 March 2026 Berlin goes from 02:00 to 03:00.
    const night = { ...berlin, quiet: { from: 22, to: 2 } };
    expect(afterQuiet(night, at('2026-03-29T00:30:00Z'))).toEqual(at('2026-03-29T01:00:00Z'));
  });

  it('do not hold the digest, whose hour was chosen', () => {
    const choice = { ...quiet, digest: { every: 'day', weekday: 1, hour: 6 } as const };
    expect(whenToMail('due', choice, at('2026-11-27T22:30:00Z'))).toEqual({
      time: 'digest',
      at: at('2026-11-28T05:00:00Z'),
    });
  });
});

describe('the digest', () => {
  it('comes at its hour on a clock of the zone, in summer and in winter', () => {
    expect(nextDigest(berlin, at('2026-07-01T06:00:00Z'))).toEqual(at('2026-07-02T06:00:00Z'));
    expect(nextDigest(berlin, at('2026-07-01T05:59:59Z'))).toEqual(at('2026-07-01T06:00:00Z'));
    expect(nextDigest(berlin, at('2026-12-01T06:59:00Z'))).toEqual(at('2026-12-01T07:00:00Z'));
  });

  it('comes weekly on its day', () => {
    const sunday = { ...berlin, digest: { every: 'week', weekday: 7, hour: 8 } as const };
    // A Friday; and a Sunday after the hour.
    expect(nextDigest(sunday, at('2026-11-27T12:00:00Z'))).toEqual(at('2026-11-29T07:00:00Z'));
    expect(nextDigest(sunday, at('2026-11-29T07:00:00Z'))).toEqual(at('2026-12-06T07:00:00Z'));
  });

  it('is always ahead, and never further than its period and the turn of a clock', () => {
    const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia', 'Australia/Lord_Howe'];
    fc.assert(
      fc.property(
        fc.date({ min: at('2020-01-01T00:00:00Z'), max: at('2035-01-01T00:00:00Z'), noInvalidDate: true }),
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 23 }),
        fc.constantFrom<'day' | 'week'>('day', 'week'),
        fc.integer({ min: 1, max: 7 }),
        (now, zone, hour, every, weekday) => {
          const choice: MailChoice = { ...berlin, zone, digest: { every, weekday, hour } };
          const hours = (nextDigest(choice, now).getTime() - now.getTime()) / 3_600_000;
          expect(hours).toBeGreaterThan(0);
          expect(hours).toBeLessThanOrEqual((every === 'day' ? 24 : 168) + 1);
        },
      ),
    );
  });
});

it('what a person does not want is never mailed, and the rest as they chose', () => {
  const now = at('2026-11-27T12:00:00Z');
  const choice = { ...DEFAULT_MAIL_CHOICE, kinds: { ...DEFAULT_MAIL_CHOICE.kinds, watch: 'never' } as const };
  expect(whenToMail('watch', choice, now)).toBeNull();
  expect(whenToMail('mention', choice, now)).toEqual({ time: 'now', at: now });
});

it('zones are those that the runtime knows', () => {
  expect(['UTC', 'Europe/Berlin', 'Mars/Olympus', ''].map(isTimeZone)).toEqual([true, true, false, false]);
});
