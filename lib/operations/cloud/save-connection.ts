import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type AwsConnection, CONNECTION_KINDS } from '../../core/model/cloud.ts';
import type { JobId } from '../../core/model/ids.ts';
import { PERSON_PRIORITY } from '../../jobs/contracts.ts';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';
import { recordPersonActivity } from '../users/record-person-activity.ts';

/** The ARN of a queue, or nothing. */
export const QUEUE_ARN = /^(?:arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[\w-]{1,80}(?:\.fifo)?)?$/;
const ROLE = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/;
const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;
const ROLES_MAX = 2_000;

/** Texts of a field that holds several, one a line or with commas between them. */
const several = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(/[\s,]+/)
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  ),
];

const form = z
  .object({
    id: z.union([z.literal(''), z.uuid()]).default(''),
    name: z.string().trim().min(1, 'Give the connection a name.').max(100),
    kind: z.enum(CONNECTION_KINDS, 'Choose what to connect.'),
    roleArns: z
      .string()
      .max(200_000)
      .default('')
      .transform(several)
      .refine((arns) => arns.length <= ROLES_MAX, `Give at most ${ROLES_MAX} roles.`)
      .refine(
        (arns) => arns.every((arn) => ROLE.test(arn)),
        'Give each role by its ARN, such as arn:aws:iam::123456789012:role/HarrierRole.',
      ),
    memberRole: z
      .string()
      .trim()
      .regex(/^[\w+=,.@-]{0,64}$/, 'Give the name of the role alone, such as HarrierRole.')
      .default(''),
    externalId: z
      .string()
      .trim()
      .regex(/^(?:[\w+=,.@:/-]{2,1224})?$/, 'An external id has at least two letters, digits or signs of +=,.@:/-.')
      .default(''),
    regions: z
      .string()
      .max(2_000)
      .default('')
      .transform(several)
      .refine((regions) => regions.every((region) => REGION.test(region)), 'Give regions such as eu-west-1.'),
    queueArn: z.string().trim().regex(QUEUE_ARN, 'Give the queue by its ARN.').default(''),
  })
  .refine(({ kind, roleArns }) => kind !== 'roles' || roleArns.length > 0, {
    path: ['roleArns'],
    message: 'Give the role of at least one account.',
  })
  .refine(({ kind, memberRole }) => kind !== 'organization' || memberRole !== '', {
    path: ['memberRole'],
    message: 'Give the name that the role has in every account.',
  })
  .refine(({ kind, roleArns }) => kind !== 'organization' || roleArns.length <= 1, {
    path: ['roleArns'],
    message: 'One role lists the accounts of an organization.',
  });

interface SavedConnection {
  readonly id: string;
  /** The job that proves its permissions. */
  readonly jobId: JobId;
}

/** Keeps how accounts are reached, and asks for a check of its permissions. Nothing is scanned before somebody starts it. */
export const saveConnection: Operation<z.output<typeof form>, SavedConnection> = {
  name: 'SaveConnection',
  permission: 'settings:write',
  parse: (input) => parseForm(form, input),
  run: (deps, caller, { id, externalId, memberRole, queueArn, kind, ...input }) =>
    deps.atomically(async (tx) => {
      const connection: AwsConnection = {
        ...input,
        kind,
        roleArns: kind === 'account' ? [] : input.roleArns,
        id: id === '' ? randomUUID() : id,
        memberRole: memberRole === '' ? 'HarrierRole' : memberRole,
        externalId: externalId === '' ? null : externalId,
        queueArn: queueArn === '' ? null : queueArn,
      };
      await tx.cloud.saveConnection(connection, caller.email, tx.clock.now());
      const jobId = await tx.jobs.enqueue(
        'check-aws',
        { connections: [connection.id] },
        { dedupeKey: `check-aws:${connection.id}`, requestedBy: caller.name, priority: PERSON_PRIORITY },
      );
      await recordPersonActivity(tx, caller, 'aws-connection-saved', connection.name, wordsOf(connection));
      return { id: connection.id, jobId };
    }),
};

function wordsOf({ kind, roleArns }: AwsConnection): string {
  if (kind === 'account') return 'The account of the credentials that Harrier runs with.';
  return kind === 'roles' ? `${roleArns.length} accounts by their roles.` : 'Every account of an organization.';
}

/** An external id that nobody guesses. */
export function newExternalId(): string {
  return `hr-${randomBytes(12).toString('hex')}`;
}
