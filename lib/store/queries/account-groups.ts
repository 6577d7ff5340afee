import type { AccountGroup } from '../../core/model/scope.ts';
import type { Sql } from '../sql.ts';

/** A unit holds its own accounts and those of the units below it. */
export async function accountsIn(sql: Sql, groups: readonly AccountGroup[]): Promise<readonly string[]> {
  const units = groups.flatMap((group) => (group.kind === 'unit' ? [group.path] : []));
  const sets = groups.flatMap((group) => (group.kind === 'set' ? [group.id] : []));
  const rows = await sql.query<{ id: string }>(ACCOUNTS_IN, [units, sets]);
  return rows.map(({ id }) => id);
}

export async function accountSet(sql: Sql, id: string): Promise<readonly string[] | null> {
  const [row] = await sql.query<{ accounts: readonly string[] }>(
    'select accounts from account_set where id = $1::text',
    [id],
  );
  return row?.accounts ?? null;
}

const ACCOUNTS_IN = `
select a.id from account a
where exists (
  select from unnest($1::text[]) as u (path)
  where a.organizational_unit = u.path or starts_with(a.organizational_unit, u.path || '/')
)
union
select unnest(s.accounts) from account_set s where s.id = any($2::text[])`;
