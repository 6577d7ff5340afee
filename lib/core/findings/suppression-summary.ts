import type { ListedRule } from '../model/suppression.ts';

/** What the head of the rules page says of the rules that have not ended. */
export interface SuppressionSummary {
  readonly rules: number;
  readonly hidden: number;
  readonly critical: number;
  readonly high: number;
  readonly waiting: number;
  readonly endingSoon: number;
  readonly matchingNothing: number;
  readonly newlyExploited: number;
}

/** Every finding is hidden by one rule alone, so what rules hide adds up. */
export function summaryOf(rules: readonly ListedRule[]): SuppressionSummary {
  const withAlarm = (kind: string): number =>
    rules.filter(({ alarms }) => alarms.some((alarm) => alarm.kind === kind)).length;
  const sum = (of: (rule: ListedRule) => number): number => rules.reduce((total, rule) => total + of(rule), 0);
  return {
    rules: rules.length,
    hidden: sum(({ figures }) => figures.hidden),
    critical: sum(({ figures }) => figures.severities.CRITICAL),
    high: sum(({ figures }) => figures.severities.HIGH),
    waiting: rules.filter(({ state, proposedEnd }) => state === 'proposed' || proposedEnd !== null).length,
    endingSoon: withAlarm('ends-soon'),
    matchingNothing: withAlarm('matches-nothing'),
    newlyExploited: withAlarm('newly-exploited'),
  };
}
