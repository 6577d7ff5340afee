import { formatDate, formatDay } from '@/components/format/format-time.ts';
import type { ExposedPath } from '@/lib/core/model/exposure-view.ts';

interface DecisionWord {
  readonly text: string;
  /** Somebody meant it, and it is not as it was meant. */
  readonly isAlarm: boolean;
}

type Decided = Pick<ExposedPath, 'status' | 'teamStatus' | 'acceptedUntil' | 'intended'>;

/** What the team said of a path that is there all the same, `Intended until 2 Mar`; null where it said nothing. */
export function decisionWord({ status, teamStatus, acceptedUntil, intended }: Decided, now: Date): DecisionWord | null {
  if (intended?.state === 'widened') return alarm('Wider than intended');
  if (intended !== null) {
    const end = dayWord(intended.until, now);
    const isPast = intended.state === 'ended' || intended.until <= now;
    return isPast ? alarm(`Was intended until ${end}`) : quiet(`Intended until ${end}`);
  }
  if (status === 'ACTIVE') return null;
  if (teamStatus === 'accepted' && acceptedUntil !== null)
    return quiet(`Accepted until ${dayWord(acceptedUntil, now)}`);
  return quiet(teamStatus === 'false-positive' ? 'Called a false positive' : 'Hidden by a rule');
}

/** With its year where that is not the year of now. */
export function dayWord(day: Date, now: Date): string {
  return day.getUTCFullYear() === now.getUTCFullYear() ? formatDay(day) : formatDate(day);
}

const quiet = (text: string): DecisionWord => ({ text, isAlarm: false });
const alarm = (text: string): DecisionWord => ({ text, isAlarm: true });
