import type { RuleAlarm, RuleFigures, SuppressionRule } from '../model/suppression.ts';
import { isBroad } from './suppression.ts';

const SOON_MS = 7 * 24 * 3_600_000;
const NAMED_MAX = 3;

/** What a person should look at in a rule that is in force. */
export function alarmsOf(rule: SuppressionRule, figures: RuleFigures, now: Date): readonly RuleAlarm[] {
  if (rule.state !== 'active' || !rule.inForce) {
    return [];
  }
  const alarms: RuleAlarm[] = [];
  const { newlyExploitedIds: exploited, spared, hidden, open } = figures;
  if (exploited.length > 0) {
    const more = exploited.length > NAMED_MAX ? ` and ${exploited.length - NAMED_MAX} more` : '';
    const names = `${exploited.slice(0, NAMED_MAX).join(', ')}${more}`;
    alarms.push({
      kind: 'newly-exploited',
      message: `It hides what became known to be exploited since it was approved: ${names}. End it, and write a new rule if it is still right.`,
    });
  }
  if (spared > 0) {
    const what = spared === 1 ? '1 finding that is' : `${spared.toLocaleString('en-US')} findings that are`;
    alarms.push({
      kind: 'spares',
      message: `It matches ${what} critical or known to be exploited. Those stay in sight until a second person approves the rule.`,
    });
  }
  if (isBroad(hidden, open)) {
    const share = Math.round((hidden / open) * 100);
    alarms.push({ kind: 'broad', message: `It hides ${share} % of all open findings by now. Narrow it.` });
  }
  // Its first application is under way: nothing can be said yet.
  if (!figures.matches && rule.appliedAt !== null) {
    alarms.push({ kind: 'matches-nothing', message: 'It matches no finding any more. End it.' });
  }
  if (rule.endsAt !== null && rule.endsAt.getTime() - now.getTime() <= SOON_MS) {
    const day = rule.endsAt.toISOString().slice(0, 10);
    alarms.push({
      kind: 'ends-soon',
      message: `It ends on ${day}, and what it hides comes back. Extend it if it is still right.`,
    });
  }
  return alarms;
}
