import { expect, it } from 'vitest';
import { RISK_POLICY } from '@/lib/core/risk/policy.ts';
import { scoringTerms } from './scoring-terms.ts';

it('the page says the numbers that make the scores', () => {
  const { version, groups } = scoringTerms();
  const points = new Map(
    groups.flatMap(({ title, terms }) => terms.map(({ name, points: n }) => [`${title}: ${name}`, n])),
  );

  expect(version).toBe(RISK_POLICY.version);
  expect(points.get('Base: Critical')).toBe(RISK_POLICY.derivedBase.CRITICAL.toFixed(1));
  expect(points.get('Reachability: Isolated')).toBe('−2.0');
  expect(points.get('Exploitation: Known exploited')).toBe('+0.6');
  expect(points.get('Exploitation: EPSS from 10%')).toBe('0.0');
  expect(points.get('Controls: Virtual patch')).toBe('−0.5');
});
