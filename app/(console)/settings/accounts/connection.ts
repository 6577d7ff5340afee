import type { ConnectionsView } from '@/lib/operations/cloud/list-connections.ts';

export type Connection = ConnectionsView['connections'][number];
export type ConnectedAccount = ConnectionsView['accounts'][number];
export type PermissionRow = ConnectionsView['permissions'][number];
export type Identity = ConnectionsView['identity'];
export type ConnectionKind = Connection['kind'];

export const KIND_WORDS: Readonly<Record<ConnectionKind, string>> = {
  account: 'The account Harrier runs in',
  roles: 'Single accounts by their roles',
  organization: 'An organisation',
};

/** What a connection is called where nobody gave it a name. */
export const USUAL_NAMES: Readonly<Record<ConnectionKind, string>> = {
  account: 'This account',
  roles: 'Single accounts',
  organization: 'Organisation',
};
