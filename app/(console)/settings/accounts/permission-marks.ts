import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import type { PermissionRow } from './connection.ts';

/** How a permission stands over all places: what is optional is never a failure. */
export type PermissionMark = 'allowed' | 'denied' | 'not-allowed' | 'by-use' | 'unknown' | 'unchecked';

export const SET_WORDS: Readonly<Record<PermissionRow['set'], string>> = {
  read: 'Read',
  snapshot: 'Snapshot',
  command: 'Run Command',
  organization: 'Organisation',
  changes: 'Change events',
};

const SHOWN_ACCOUNTS = 3;

export function markOf({ checked, isOptional }: PermissionRow): PermissionMark {
  if (checked === null) return 'unchecked';
  const { allowed, denied, unknown, byUse } = checked;
  if (denied > 0) return isOptional ? 'not-allowed' : 'denied';
  if (unknown > 0) return 'unknown';
  return allowed === 0 && byUse > 0 ? 'by-use' : 'allowed';
}

/** `212 of 212`: in how many accounts and regions a call was allowed; null where no call proves it. */
export function shareOf({ checked }: PermissionRow): string | null {
  if (checked === null) return null;
  const { allowed, denied, unknown } = checked;
  const asked = allowed + denied + unknown;
  return asked === 0 ? null : `${formatCount(allowed)} of ${formatCount(asked)}`;
}

/** `payments-prod eu-west-1, shared (4 regions) and 2 more`; what is optional is only counted where it is more than one. */
export function missingOf(row: PermissionRow): string {
  const { checked } = row;
  if (checked === null) return 'not checked yet';
  const regions = new Map<string, { readonly name: string; readonly regions: string[] }>();
  for (const { accountId, accountName, region } of checked.missing) {
    const own = regions.get(accountId) ?? { name: accountName, regions: [] };
    own.regions.push(region);
    regions.set(accountId, own);
  }
  const accounts = [...regions.values()].map(({ name, regions: own }) =>
    own.length === 1 ? `${name} ${own[0]}` : `${name} (${formatCounted(own.length, 'region')})`,
  );
  const more = accounts.length - SHOWN_ACCOUNTS;
  if (row.isOptional && accounts.length > 1) return `${formatCount(accounts.length)} accounts did not allow it`;
  const named = accounts.slice(0, SHOWN_ACCOUNTS).join(', ') + (more > 0 ? ` and ${formatCount(more)} more` : '');
  const unknown = checked.unknown > 0 ? `not known in ${formatCounted(checked.unknown, 'place')}` : '';
  if (named !== '' || unknown !== '') return [named, unknown].filter((part) => part !== '').join('; ');
  return markOf(row) === 'by-use' ? 'shows at the first use' : 'none';
}

/** Rows that concern anybody: those of an organisation where one is connected, or is about to be; of a queue where one is read. */
export function relevantRows(rows: readonly PermissionRow[], withOrganization: boolean): readonly PermissionRow[] {
  return rows.filter(
    ({ set, checked }) => checked !== null || (set !== 'changes' && (set !== 'organization' || withOrganization)),
  );
}

/** When the newest of them was checked; null for never. */
export function lastCheckOf(rows: readonly PermissionRow[]): Date | null {
  const times = rows.flatMap(({ checked }) => (checked === null ? [] : [checked.checkedAt.getTime()]));
  return times.length === 0 ? null : new Date(Math.max(...times));
}
