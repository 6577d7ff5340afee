import { z } from 'zod';
import { toScanPolicy } from '../../core/coverage/scan-policy.ts';
import { type RoleTemplate, roleTemplate, TEMPLATE_KINDS } from '../../core/exchange/aws-role/role-templates.ts';
import type { PermissionSet } from '../../core/model/aws-permission.ts';
import { CONNECTION_KINDS } from '../../core/model/cloud.ts';
import { parseInput } from '../console/input.ts';
import type { Operation } from '../operation.ts';
import { SCAN_POLICY_SETTING } from '../scan-policy/scan-policy.ts';
import { QUEUE_ARN } from './save-connection.ts';

const schema = z.object({
  roleName: z.string().regex(/^[\w+=,.@-]{1,64}$/),
  principal: z.string().regex(/^(?:\d{12}|arn:aws[a-z-]*:(?:iam|sts)::\d{12}:[\w+=,.@:/-]{1,512})$/),
  externalId: z
    .string()
    .regex(/^[\w+=,.@:/-]{2,1224}$/)
    .nullable(),
  /** Whether machines without SSM are scanned from snapshots. */
  withSnapshots: z.boolean(),
  /** The queue of changes that is read; empty for none, and for what is no queue yet. */
  queueArn: z.string().trim().regex(QUEUE_ARN).catch(''),
  connects: z.enum(CONNECTION_KINDS).default('roles'),
});

/** The role that Harrier assumes, as the templates that people make roles with. */
export const getRoleTemplates: Operation<z.output<typeof schema>, readonly RoleTemplate[]> = {
  name: 'GetRoleTemplates',
  permission: 'settings:read',
  parse: (input) => parseInput(schema, input),
  async run(deps, _caller, { withSnapshots, connects, queueArn, ...input }) {
    const { ec2Command } = toScanPolicy(await deps.users.setting(SCAN_POLICY_SETTING));
    const sets: readonly PermissionSet[] = [
      'read',
      ...(withSnapshots ? (['snapshot'] as const) : []),
      ...(ec2Command ? (['command'] as const) : []),
    ];
    return TEMPLATE_KINDS.map((kind) => {
      // Only one role of an organization lists its accounts and reads what changes in them; it is made by hand, of the bare policy.
      const isLister = kind === 'policy' && connects === 'organization';
      const isReader = kind === 'policy' && connects !== 'roles' && queueArn !== '';
      return roleTemplate(kind, {
        ...input,
        queueArn: queueArn || null,
        sets: [...sets, ...(isLister ? (['organization'] as const) : []), ...(isReader ? (['changes'] as const) : [])],
      });
    });
  },
};
