import { expect, it } from 'vitest';
import { WHOLE_ESTATE } from '../model/scope.ts';
import { SEVERITIES, type Severity } from '../model/severity.ts';
import type { Overview } from '../model/views.ts';
import { overviewCsv } from './overview-csv.ts';

const AT = new Date('2026-11-28T09:00:00Z');
const counts = (n: number) => Object.fromEntries(SEVERITIES.map((one) => [one, n])) as Record<Severity, number>;

const OVERVIEW: Overview = {
  accounts: 2,
  resources: 5,
  open: counts(3),
  openTotal: 18,
  change7Days: null,
  figures: {
    actNow: 1,
    pastDue: 2,
    dueIn7Days: 3,
    dueIn7DaysUnassigned: 0,
    medianDaysToFixCritical: null,
    resources: 5,
    scanned: 4,
    costUsd: 9.09,
  },
  trend: [{ weekStart: new Date('2026-11-23T00:00:00Z'), opened: 4, fixed: null, openAtEnd: 7, partial: true }],
  fixFirst: [
    {
      title: 'Upgrade =cmd()',
      packageName: '=cmd()',
      ecosystem: 'npm',
      fixedVersion: '2.0',
      kev: false,
      findings: 6,
      resources: 2,
      accounts: 1,
      riskShare: 0.1234,
    },
  ],
  accountsByRisk: [{ id: '111122223333', name: '=evil,"name"', counts: counts(1), total: 6 }],
  coverage: [{ label: 'EC2', scanType: 'package', kind: 'ec2', scanned: 4, total: 5 }],
  assurance: { proven: false, gaps: ['1 resource was not scanned.'] },
};

const linesOf = (overview: Overview, scope = WHOLE_ESTATE) => overviewCsv(overview, scope, AT).split('\r\n');

it('has one figure a line, with its scope, its time and what is not known', () => {
  const lines = linesOf(OVERVIEW, { ...WHOLE_ESTATE, accounts: ['ou:production', '111122223333'] });

  expect(lines[0]).toBe('section,name,measure,value');
  expect(lines).toContain('about,made,time,2026-11-28T09:00:00.000Z');
  expect(lines).toContain('about,scope,accounts,ou:production 111122223333');
  expect(lines).toContain('about,not known,reason,1 resource was not scanned.');
  expect(lines).toContain('figures,act now,findings,1');
  expect(lines).toContain('figures,cost a month at list price,USD,9.09');
  expect(lines).toContain('open by severity,critical,findings,3');
  expect(lines).toContain('critical and high by week,"2026-11-23, not ended",opened,4');
  expect(lines).toContain('fix first,Upgrade =cmd() to 2.0 (npm),share of risk,12.3');
  expect(lines).toContain('coverage,EC2,scanned,4');
});

it('what is not known is empty and not 0, and no name runs as a formula', () => {
  const unknown = linesOf({ ...OVERVIEW, openTotal: 0, open: counts(0) });

  expect(unknown).toContain('open by severity,critical,findings,');
  expect(unknown).toContain('open by severity,critical,change in 7 days,');
  expect(unknown).toContain('critical and high by week,"2026-11-23, not ended",fixed,');
  expect(unknown).toContain('open by account,"\'=evil,""name"" (111122223333)",critical,1');
  expect(linesOf({ ...OVERVIEW, openTotal: 0, open: counts(0), assurance: { proven: true, gaps: [] } })).toContain(
    'open by severity,critical,findings,0',
  );
});
