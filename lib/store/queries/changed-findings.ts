import type { VisibleScope } from '../../core/model/scope.ts';
import type { SeenFinding } from '../../core/model/triage-act.ts';
import type { FindingRow } from '../../core/model/views.ts';
import type { Sql } from '../sql.ts';
import { FINDING_ROW_COLUMNS, FINDING_ROW_JOINS } from './finding-rows.ts';
import { all, parameters } from './parameters.ts';
import { scopeConditions } from './scope-conditions.ts';

/** The rows of the findings whose version is no longer the one that was seen. */
export function changedFindings(
  sql: Sql,
  visible: VisibleScope,
  seen: readonly SeenFinding[],
): Promise<readonly FindingRow[]> {
  const values = parameters();
  const ids = values.add(
    seen.map(({ id }) => id),
    'uuid[]',
  );
  const versions = values.add(
    seen.map(({ version }) => version),
    'int[]',
  );
  const text = `
    select ${FINDING_ROW_COLUMNS}
    from unnest(${ids}, ${versions}) as s(key, version) join finding f on f.key = s.key ${FINDING_ROW_JOINS}
    where ${all(['f.version <> s.version', ...scopeConditions(visible, values, 'f')])}`;
  return sql.query<FindingRow>(text, values.values);
}
