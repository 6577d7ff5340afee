import type { Draft } from './connection-draft.ts';

export const TEMPLATES = ['cloudformation', 'stack-set', 'terraform', 'policy', 'changes'] as const;
export type TemplateKind = (typeof TEMPLATES)[number];

export const TEMPLATE_WORDS: Readonly<Record<TemplateKind, string>> = {
  cloudformation: 'CloudFormation',
  'stack-set': 'Stack set',
  terraform: 'Terraform',
  policy: 'Policy',
  changes: 'Change events',
};

interface HowTo {
  readonly command: string;
  readonly note: string;
}

/** Harrier's own account makes no role, so that it takes the policy alone. */
export function templatesFor(kind: Draft['kind']): readonly TemplateKind[] {
  return kind === 'account' ? ['policy', 'changes'] : TEMPLATES;
}

export function usualTemplate(kind: Draft['kind']): TemplateKind {
  if (kind === 'account') return 'policy';
  return kind === 'organization' ? 'stack-set' : 'cloudformation';
}

/** What is done with a template. */
export function howTo(template: TemplateKind, { kind, roleName, principal }: Draft): HowTo {
  switch (template) {
    case 'cloudformation':
      return {
        command:
          'aws cloudformation deploy --template-file harrier-role.json --stack-name harrier-role --capabilities CAPABILITY_NAMED_IAM',
        note: 'Run it in each account. Its output is the ARN of the role.',
      };
    case 'stack-set':
      return {
        command:
          'aws cloudformation deploy --template-file harrier-stack-set.json --stack-name harrier-roles --capabilities CAPABILITY_NAMED_IAM --parameter-overrides OrganizationalUnits=r-ab12',
        note: 'Run it once in the management account, with your root or units. Accounts that join later get the role by themselves.',
      };
    case 'terraform':
      return { command: 'terraform apply', note: 'Run it in each account. Its output is the ARN of the role.' };
    case 'changes':
      return {
        command:
          'aws cloudformation deploy --template-file harrier-changes.json --stack-name harrier-changes --capabilities CAPABILITY_IAM',
        note: 'Not needed to scan: with it changes are seen in seconds, not within the hour. Its output is the ARN of the queue. In other regions and accounts add CentralBus=ARN of the default event bus beside the queue.',
      };
    case 'policy':
      return kind === 'account' ? ownPolicy(principal) : rolePolicy(roleName);
  }
}

function ownPolicy(principal: string): HowTo {
  const name = principal.split('/').at(-1) || 'ROLE';
  const [act, option] = principal.includes(':user/')
    ? ['put-user-policy', 'user-name']
    : ['put-role-policy', 'role-name'];
  return {
    command: `aws iam ${act} --${option} ${name} --policy-name harrier --policy-document file://harrier-policy.json`,
    note: 'The role or user that Harrier runs with needs this policy. No other role is made.',
  };
}

function rolePolicy(roleName: string): HowTo {
  return {
    command: `aws iam put-role-policy --role-name ${roleName || 'ROLE'} --policy-name harrier --policy-document file://harrier-policy.json`,
    note: 'For a role that is there already: run it in each account.',
  };
}

/** A text in parts, those that are one of the values told apart; a longer word that holds one is none. */
export function partsOf(
  text: string,
  values: readonly string[],
): readonly { readonly at: number; readonly text: string; readonly isValue: boolean }[] {
  const wanted = values.filter((value) => value.length > 1).sort((a, b) => b.length - a.length);
  if (wanted.length === 0) return [{ at: 0, text, isValue: false }];
  const escaped = wanted.map((value) => value.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'));
  let at = 0;
  return text
    .split(new RegExp(`(?<!\\w)(${escaped.join('|')})(?!\\w)`))
    .map((part, index) => {
      const own = { at, text: part, isValue: index % 2 === 1 };
      at += part.length;
      return own;
    })
    .filter((part) => part.text !== '');
}
