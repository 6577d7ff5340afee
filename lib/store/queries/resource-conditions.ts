import { SCAN_WINDOW_HOURS } from '../../core/coverage/window.ts';
import type { PackageAsk, ResourceFilter, VersionAsk } from '../../core/model/estate.ts';
import { all, containing, type Parameters } from './parameters.ts';

const WINDOW_MS = SCAN_WINDOW_HOURS * 3_600_000;

/** The filter as conditions on `resource r`. */
export function resourceConditions(filter: ResourceFilter, values: Parameters, now: Date): string[] {
  const { words, kinds, states, holds } = filter;
  return [
    ...words.map((word) => `r.search like ${values.add(containing(word.toLowerCase()), 'text')}`),
    ...(kinds.length > 0 ? [`r.kind = any(${values.add(kinds, 'text[]')})`] : []),
    ...(states.length > 0 ? [stateCondition(states, values, now)] : []),
    ...(holds === null
      ? []
      : [
          `r.inventory_id in (select l.inventory_id from package p join inventory_package l on l.package_id = p.id
             where ${all(packageConditions(holds, values))})`,
        ]),
  ];
}

/** As `coverageState` has it, on `coverage c` of package scans. */
export function stateExpression(values: Parameters, now: Date): string {
  const since = values.add(new Date(now.getTime() - WINDOW_MS), 'timestamptz');
  return `case when c.resource_id is null then 'never' when c.outcome <> 'complete' then c.outcome
     when c.complete_at < ${since} then 'late' else 'scanned' end`;
}

function stateCondition(states: readonly string[], values: Parameters, now: Date): string {
  return `(select ${stateExpression(values, now)} from (select 1) as one
     left join coverage c on c.resource_id = r.id and c.scan_type = 'package') = any(${values.add(states, 'text[]')})`;
}

/** A package by its whole name, on `package p`. */
export function packageConditions({ name, version, ecosystem }: PackageAsk, values: Parameters): string[] {
  return [
    // The index of three-letter groups serves LIKE; a name without wildcards is then the whole name.
    ...(name === null ? [] : [`lower(p.name) like ${values.add(containing(name.toLowerCase()).slice(1, -1), 'text')}`]),
    ...(ecosystem === null ? [] : [`p.ecosystem = ${values.add(ecosystem.toLowerCase(), 'text')}`]),
    ...(version === null ? [] : [versionCondition(version, values)]),
  ];
}

/** The version, or how it begins: an epoch may stand before it, and no digit may go on where it ends in one. */
export function versionCondition({ text, whole }: VersionAsk, values: Parameters): string {
  if (whole) return `p.version = ${values.add(text, 'text')}`;
  const literal = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return `p.version ~ ${values.add(`^([0-9]+:)?${literal}${/\d$/.test(text) ? '(?![0-9])' : ''}`, 'text')}`;
}
