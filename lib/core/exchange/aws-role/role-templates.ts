import type { PermissionSet } from '../../model/aws-permission.ts';
import { changeQueueTemplate } from './change-queue.ts';
import { rolePolicy } from './role-policy.ts';

export interface RoleTemplateInput {
  readonly roleName: string;
  /** Who assumes the role: the ARN of Harrier's own role or user, or the account that it runs in. */
  readonly principal: string;
  /** Null where the trust asks for none. */
  readonly externalId: string | null;
  readonly sets: readonly PermissionSet[];
  /** The queue of changes that the set `changes` reads; without it the one that the template of change events makes. */
  readonly queueArn?: string | null;
}

export const TEMPLATE_KINDS = ['cloudformation', 'stack-set', 'terraform', 'policy', 'changes'] as const;
export type TemplateKind = (typeof TEMPLATE_KINDS)[number];

export interface RoleTemplate {
  readonly kind: TemplateKind;
  readonly fileName: string;
  readonly text: string;
}

/** A role that Harrier assumes, in the ways in which people make roles. */
export function roleTemplate(kind: TemplateKind, input: RoleTemplateInput): RoleTemplate {
  switch (kind) {
    case 'cloudformation':
      return { kind, fileName: 'harrier-role.json', text: cloudFormation(input) };
    case 'stack-set':
      return { kind, fileName: 'harrier-stack-set.json', text: stackSet(input) };
    case 'terraform':
      return { kind, fileName: 'harrier-role.tf', text: terraform(input) };
    case 'policy':
      return {
        kind,
        fileName: 'harrier-policy.json',
        text: json(rolePolicy(input.sets, 'aws', input.queueArn ?? undefined)),
      };
    case 'changes':
      return { kind, fileName: 'harrier-changes.json', text: json(changeQueueTemplate()) };
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function trust({ principal, externalId }: RoleTemplateInput) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: principal },
        Action: 'sts:AssumeRole',
        ...(externalId === null ? {} : { Condition: { StringEquals: { 'sts:ExternalId': externalId } } }),
      },
    ],
  };
}

/** What CloudFormation fills in, in texts that say that they want it. */
const PARTITION = `\${AWS::Partition}`;

function forCloudFormation(sets: readonly PermissionSet[]): unknown {
  const revive = (_key: string, value: unknown): unknown =>
    typeof value === 'string' && value.includes(PARTITION) ? { 'Fn::Sub': value } : value;
  return JSON.parse(JSON.stringify(rolePolicy(sets, PARTITION)), revive);
}

function roleResource(input: RoleTemplateInput) {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: input.roleName,
      Description: 'Harrier reads what is there and scans it for known vulnerabilities.',
      AssumeRolePolicyDocument: trust(input),
      Policies: [{ PolicyName: 'harrier', PolicyDocument: forCloudFormation(input.sets) }],
    },
  };
}

function template(input: RoleTemplateInput) {
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'The role that Harrier assumes in this account.',
    Resources: { HarrierRole: roleResource(input) },
    Outputs: { RoleArn: { Description: 'For Harrier.', Value: { 'Fn::GetAtt': ['HarrierRole', 'Arn'] } } },
  };
}

function cloudFormation(input: RoleTemplateInput): string {
  return json(template(input));
}

/** A stack set of the management account that makes the role in every account, and in new ones by itself. */
function stackSet(input: RoleTemplateInput): string {
  return json({
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Makes the role that Harrier assumes in every account of the organization.',
    Parameters: {
      OrganizationalUnits: {
        Type: 'CommaDelimitedList',
        Description: 'Roots or units that get the role, such as r-ab12.',
      },
    },
    Resources: {
      HarrierRoles: {
        Type: 'AWS::CloudFormation::StackSet',
        Properties: {
          StackSetName: 'harrier-role',
          PermissionModel: 'SERVICE_MANAGED',
          AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
          Capabilities: ['CAPABILITY_NAMED_IAM'],
          OperationPreferences: { FailureTolerancePercentage: 100, MaxConcurrentPercentage: 100 },
          StackInstancesGroup: [
            {
              // A role is of the whole account: one region makes it.
              Regions: ['us-east-1'],
              DeploymentTargets: { OrganizationalUnitIds: { Ref: 'OrganizationalUnits' } },
            },
          ],
          TemplateBody: JSON.stringify(template(input)),
        },
      },
    },
  });
}

function terraform(input: RoleTemplateInput): string {
  const statements = rolePolicy(input.sets).Statement.map((statement) => {
    const conditions = Object.entries(statement.Condition ?? {}).flatMap(([test, keys]) =>
      Object.entries(keys).map(([variable, value]) =>
        block('condition', '    ', { test: quoted(test), variable: quoted(variable), values: list([value], '') }),
      ),
    );
    const { Sid, Action, Resource } = statement;
    const facts = {
      sid: quoted(Sid),
      actions: list(Action, '    '),
      resources: list([Resource].flat(), '    '),
    };
    return block('statement', '  ', facts, conditions);
  });
  const external =
    input.externalId === null
      ? ''
      : `
    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = [${quoted(input.externalId)}]
    }`;
  return `data "aws_iam_policy_document" "harrier_trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [${quoted(input.principal)}]
    }${external}
  }
}

data "aws_iam_policy_document" "harrier" {
${statements.join('\n')}
}

resource "aws_iam_role" "harrier" {
  name               = ${quoted(input.roleName)}
  description        = "Harrier reads what is there and scans it for known vulnerabilities."
  assume_role_policy = data.aws_iam_policy_document.harrier_trust.json
}

resource "aws_iam_role_policy" "harrier" {
  name   = "harrier"
  role   = aws_iam_role.harrier.id
  policy = data.aws_iam_policy_document.harrier.json
}

output "harrier_role_arn" {
  value = aws_iam_role.harrier.arn
}
`;
}

/** HCL fills in what stands in braces after these signs; none of it is meant so. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/([$%])\{/g, '$1$1{');
}

function list(texts: readonly string[], indent: string): string {
  return texts.length === 1
    ? `[${quoted(texts[0] ?? '')}]`
    : `[\n${texts.map((text) => `${indent}  ${quoted(text)},\n`).join('')}${indent}]`;
}

/** A block as "terraform fmt" has it: equals signs of lines that follow each other stand below each other. */
function block(
  name: string,
  indent: string,
  attributes: Readonly<Record<string, string>>,
  blocks: readonly string[] = [],
): string {
  const entries = Object.entries(attributes);
  const runs = entries.map(([, value], at) => {
    const isLong = value.includes('\n');
    const start = isLong ? at : entries.findLastIndex(([, other], before) => before < at && other.includes('\n')) + 1;
    const end = entries.findIndex(([, other], after) => after >= start && other.includes('\n'));
    const run = isLong ? entries.slice(at, at + 1) : entries.slice(start, end === -1 ? undefined : end);
    return Math.max(...run.map(([key]) => key.length));
  });
  const lines = entries.map(([key, value], at) => `${indent}  ${key.padEnd(runs[at] ?? 0)} = ${value}\n`);
  return `${indent}${name} {\n${lines.join('')}${blocks.map((one) => `\n${one}\n`).join('')}${indent}}`;
}
