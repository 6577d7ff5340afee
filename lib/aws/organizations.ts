import {
  type Account,
  OrganizationsClient,
  paginateListAccounts,
  paginateListAccountsForParent,
  paginateListOrganizationalUnitsForParent,
  paginateListRoots,
} from '@aws-sdk/client-organizations';
import type { Place } from '../core/model/cloud.ts';
import type { AwsSessions } from './session.ts';

/** An account of an organization. */
export interface MemberAccount {
  readonly id: string;
  readonly name: string;
  readonly organizationalUnit: string;
  readonly isActive: boolean;
}

const DEPTH_MAX = 6;

/**
 * Every account with the path of its unit. Walking the tree takes a call for each unit, and ListAccounts one for twenty
 * accounts: the tree alone has both, so that the list is asked for only where the tree may not be read.
 */
export async function listMembers(
  sessions: AwsSessions,
  place: Place,
  signal: AbortSignal,
): Promise<{ readonly accounts: readonly MemberAccount[]; readonly hasUnits: boolean }> {
  const client = sessions.client('organizations', OrganizationsClient, place);
  try {
    const accounts: MemberAccount[] = [];
    for await (const { Roots = [] } of paginateListRoots({ client }, {})) {
      for (const { Id } of Roots) {
        if (Id !== undefined) await walk(client, Id, '', 0, accounts, signal);
      }
    }
    return { accounts, hasUnits: true };
  } catch (error) {
    signal.throwIfAborted();
    if (!/AccessDenied/.test(error instanceof Error ? error.name : '')) throw error;
    const accounts: MemberAccount[] = [];
    for await (const { Accounts = [] } of paginateListAccounts({ client }, {})) {
      accounts.push(...Accounts.flatMap((raw) => toMember(raw, '')));
    }
    return { accounts, hasUnits: false };
  }
}

async function walk(
  client: OrganizationsClient,
  parent: string,
  path: string,
  depth: number,
  into: MemberAccount[],
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  for await (const { Accounts = [] } of paginateListAccountsForParent({ client }, { ParentId: parent })) {
    into.push(...Accounts.flatMap((raw) => toMember(raw, path)));
  }
  if (depth >= DEPTH_MAX) return;
  for await (const { OrganizationalUnits = [] } of paginateListOrganizationalUnitsForParent(
    { client },
    { ParentId: parent },
  )) {
    for (const { Id, Name = '' } of OrganizationalUnits) {
      // A slash parts the steps of a path.
      const name = Name.replaceAll('/', '-');
      if (Id !== undefined) await walk(client, Id, path === '' ? name : `${path}/${name}`, depth + 1, into, signal);
    }
  }
}

function toMember({ Id, Name, Status, State }: Account, organizationalUnit: string): readonly MemberAccount[] {
  if (Id === undefined) return [];
  return [{ id: Id, name: Name || Id, organizationalUnit, isActive: (State ?? Status ?? 'ACTIVE') === 'ACTIVE' }];
}
