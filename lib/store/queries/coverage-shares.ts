import { SCAN_WINDOW_HOURS } from '../../core/coverage/window.ts';
import type { ResourceKind } from '../../core/model/resource.ts';
import type { VisibleScope } from '../../core/model/scope.ts';
import type { CoverageShare } from '../../core/model/views.ts';
import type { Sql } from '../sql.ts';
import { all, parameters } from './parameters.ts';
import { scopeConditions } from './scope-conditions.ts';

const LABELS: Readonly<Record<ResourceKind, string>> = {
  ec2: 'EC2 packages',
  ecr: 'ECR image packages',
  lambda: 'Lambda packages',
  host: 'Host packages',
  image: 'Container image packages',
  function: 'Function archives',
  source: 'Source archives',
  sbom: 'SBOM documents',
};

export interface ScannedResources {
  readonly accounts: number;
  readonly total: number;
  readonly scanned: number;
  readonly shares: readonly CoverageShare[];
  /** Scanned resources of each kind, for the price of the managed service. */
  readonly scannedOfKind: Readonly<Record<ResourceKind, number>>;
}

/** How many resources of each kind have a complete package scan inside the freshness window. */
export async function scannedResources(sql: Sql, visible: VisibleScope, now: Date): Promise<ScannedResources> {
  const values = parameters();
  const at = values.add(now, 'timestamptz');
  const fresh = `make_interval(hours => ${SCAN_WINDOW_HOURS})`;
  const rows = await sql.query<{ kind: ResourceKind; accounts: string[]; total: number; scanned: number }>(
    `select r.kind, array_agg(distinct r.account_id) as accounts, count(*)::int as total,
       count(*) filter (where r.state = 'scanned')::int as scanned
     from coverage_ledger(${at}, ${fresh}) as r
     where ${all(scopeConditions(visible, values, 'r'))}
     group by r.kind`,
    values.values,
  );
  const scannedOfKind = { ec2: 0, ecr: 0, lambda: 0, host: 0, image: 0, function: 0, source: 0, sbom: 0 };
  const shares: CoverageShare[] = [];
  let total = 0;
  for (const kind of Object.keys(LABELS) as ResourceKind[]) {
    const row = rows.find((one) => one.kind === kind);
    if (row !== undefined) {
      scannedOfKind[kind] = row.scanned;
      total += row.total;
      shares.push({ label: LABELS[kind], scanType: 'package', kind, scanned: row.scanned, total: row.total });
    }
  }
  const scanned = shares.reduce((sum, share) => sum + share.scanned, 0);
  return { accounts: new Set(rows.flatMap((row) => row.accounts)).size, total, scanned, shares, scannedOfKind };
}
