import { AWS_PERMISSIONS, type AwsPermission } from '../../core/model/aws-permission.ts';
import { asObject, asText } from '../../core/model/raw.ts';
import type { CheckedAction, ConnectedAccount, StoredConnection } from '../../core/ports/cloud-store.ts';
import { noInput, parseInput } from '../console/input.ts';
import type { Operation } from '../operation.ts';
import { newExternalId } from './save-connection.ts';

/** The setting that holds who the worker's credentials are, for the templates of roles. */
export const AWS_IDENTITY = 'aws.identity';

/** A permission with what calls proved of it. */
export interface PermissionRow extends AwsPermission {
  /** Null where nothing has been checked yet. */
  readonly checked: CheckedAction | null;
}

export interface ConnectionsView {
  readonly connections: readonly StoredConnection[];
  readonly accounts: readonly ConnectedAccount[];
  readonly regions: readonly { readonly region: string; readonly resources: number }[];
  readonly permissions: readonly PermissionRow[];
  /** For the trust of a new connection: nobody guesses it. */
  readonly newExternalId: string;
  /** Who Harrier's own credentials are, as they last told; null where nobody has asked, or they are of nobody. */
  readonly identity: { readonly accountId: string; readonly arn: string } | null;
}

/** How accounts of AWS are reached, which of them are, and which permissions are missing where. */
export const listConnections: Operation<Record<string, never>, ConnectionsView> = {
  name: 'ListConnections',
  permission: 'settings:read',
  parse: (input) => parseInput(noInput, input),
  async run({ cloud, users }) {
    const [connections, accounts, regions, checked, identity] = await Promise.all([
      cloud.connections(),
      cloud.connectedAccounts(),
      cloud.regionCounts(),
      cloud.checkedActions(),
      users.setting(AWS_IDENTITY),
    ]);
    return {
      connections,
      accounts,
      regions,
      permissions: AWS_PERMISSIONS.map((permission) => ({
        ...permission,
        checked: checked.find(({ action }) => action === permission.action) ?? null,
      })),
      newExternalId: newExternalId(),
      identity: identityOf(identity),
    };
  },
};

function identityOf(raw: unknown): ConnectionsView['identity'] {
  const value = asObject(raw);
  const [accountId, arn] = [asText(value?.accountId), asText(value?.arn)];
  if (accountId === null || arn === null) return null;
  // A session of a role is trusted by naming the role.
  const [, partition, account, role] = /^arn:(aws[a-z-]*):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn) ?? [];
  return { accountId, arn: role === undefined ? arn : `arn:${partition}:iam::${account}:role/${role}` };
}
