import type { Scope } from '../model/scope.ts';
import { SEVERITIES } from '../model/severity.ts';
import type { Overview } from '../model/views.ts';
import { csvLine } from './csv-line.ts';

type Value = string | number | null;
type Line = readonly [section: string, name: string, measure: string, value: Value];

const COLUMNS = ['section', 'name', 'measure', 'value'] as const;

/** The overview as a table of one figure a line. What is not known is an empty value, and never 0. */
export function overviewCsv(overview: Overview, scope: Scope, at: Date): string {
  const lines = [...about(overview, scope, at), ...figures(overview), ...open(overview), ...lists(overview)];
  return csvLine(COLUMNS) + lines.map((line) => csvLine(line.map(text))).join('');
}

function about({ accounts, resources, assurance }: Overview, scope: Scope, at: Date): readonly Line[] {
  const all = (values: readonly string[]) => (values.length === 0 ? 'all' : values.join(' '));
  return [
    ['about', 'made', 'time', at.toISOString()],
    ['about', 'scope', 'accounts', all(scope.accounts)],
    ['about', 'scope', 'regions', all(scope.regions)],
    ['about', 'scope', 'environments', all(scope.environments)],
    ['about', 'estate', 'accounts', accounts],
    ['about', 'estate', 'resources', resources],
    ...assurance.gaps.map((gap): Line => ['about', 'not known', 'reason', gap]),
  ];
}

function figures({ figures: all }: Overview): readonly Line[] {
  return [
    ['figures', 'act now', 'findings', all.actNow],
    ['figures', 'past due', 'findings', all.pastDue],
    ['figures', 'due in 7 days', 'findings', all.dueIn7Days],
    ['figures', 'due in 7 days, with nobody', 'findings', all.dueIn7DaysUnassigned],
    ['figures', 'median time to fix, critical', 'days', all.medianDaysToFixCritical],
    ['figures', 'scanned completely', 'resources', all.scanned],
    ['figures', 'cost a month at list price', 'USD', all.costUsd.toFixed(2)],
  ];
}

function open({ open: counts, openTotal, change7Days, assurance }: Overview): readonly Line[] {
  // Nothing found where nobody looked is not nothing.
  const isKnown = openTotal > 0 || assurance.proven;
  return SEVERITIES.flatMap((severity): readonly Line[] => [
    ['open by severity', severity.toLowerCase(), 'findings', isKnown ? counts[severity] : null],
    ['open by severity', severity.toLowerCase(), 'change in 7 days', change7Days?.[severity] ?? null],
  ]);
}

function lists({ trend, fixFirst, accountsByRisk, coverage }: Overview): readonly Line[] {
  return [
    ...trend.flatMap(({ weekStart, opened, fixed, openAtEnd, partial }): readonly Line[] => {
      const week = `${weekStart.toISOString().slice(0, 10)}${partial ? ', not ended' : ''}`;
      return [
        ['critical and high by week', week, 'opened', opened],
        ['critical and high by week', week, 'fixed', fixed],
        ['critical and high by week', week, 'open at its end', openAtEnd],
      ];
    }),
    ...fixFirst.flatMap(({ title, ecosystem, fixedVersion, findings, resources, riskShare }): readonly Line[] => {
      const change = `${title} to ${fixedVersion} (${ecosystem})`;
      return [
        ['fix first', change, 'findings', findings],
        ['fix first', change, 'resources', resources],
        ['fix first', change, 'share of risk', (riskShare * 100).toFixed(1)],
      ];
    }),
    ...accountsByRisk.flatMap(({ id, name, counts }) =>
      SEVERITIES.map(
        (severity): Line => ['open by account', `${name} (${id})`, severity.toLowerCase(), counts[severity]],
      ),
    ),
    ...coverage.flatMap(({ label, scanned, total }): readonly Line[] => [
      ['coverage', label, 'scanned', scanned],
      ['coverage', label, 'resources', total],
    ]),
  ];
}

function text(value: Value): string {
  return value === null ? '' : String(value);
}
