import { z } from 'zod';
import { type RoleTemplate, roleTemplate, TEMPLATE_KINDS } from '../../core/exchange/aws-role/role-templates.ts';
import { parseInput } from '../console/input.ts';
import type { Operation } from '../operation.ts';

const schema = z.object({
  roleName: z.string().regex(/^[\w+=,.@-]{1,64}$/),
  principal: z.string().regex(/^(?:\d{12}|arn:aws[a-z-]*:(?:iam|sts)::\d{12}:[\w+=,.@:/-]{1,512})$/),
  externalId: z
    .string()
    .regex(/^[\w+=,.@:/-]{2,1224}$/)
    .nullable(),
  /** Whether machines without SSM are scanned from snapshots. */
  withSnapshots: z.boolean(),
});

/** The role that Harrier assumes, as the templates that people make roles with. */
export const getRoleTemplates: Operation<z.output<typeof schema>, readonly RoleTemplate[]> = {
  name: 'GetRoleTemplates',
  permission: 'settings:read',
  parse: (input) => parseInput(schema, input),
  run: async (_deps, _caller, { withSnapshots, ...input }) =>
    TEMPLATE_KINDS.map((kind) =>
      roleTemplate(kind, { ...input, sets: withSnapshots ? ['read', 'snapshot'] : ['read'] }),
    ),
};
