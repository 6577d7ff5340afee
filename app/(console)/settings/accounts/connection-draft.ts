import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { type Connection, type ConnectionKind, type Identity, KIND_WORDS, USUAL_NAMES } from './connection.ts';

/** What the steps ask for, as it is typed. */
export interface Draft {
  readonly kind: ConnectionKind;
  readonly name: string;
  readonly regions: string;
  readonly queueArn: string;
  /** Of the template, and in each account of an organisation. */
  readonly roleName: string;
  readonly principal: string;
  readonly externalId: string;
  readonly withSnapshots: boolean;
  readonly roleArns: string;
}

export const STEPS = ['source', 'template', 'roles', 'verify'] as const;
export type StepId = (typeof STEPS)[number];
export type Faults = Readonly<Record<string, string>>;

const USUAL_ROLE = 'HarrierRole';
const SHOWN_REGIONS = 3;

/** Fields of the form that keeps a connection, with the step that asks for each. */
const STEP_OF: Readonly<Record<string, StepId>> = {
  kind: 'source',
  name: 'source',
  regions: 'source',
  queueArn: 'source',
  externalId: 'template',
  memberRole: 'template',
  roleArns: 'roles',
};

/** A new connection begins with an external id that nobody guesses; a stored one with what is stored. */
export function draftOf(
  connection: Connection | null,
  defaults: { readonly newExternalId: string; readonly identity: Identity },
): Draft {
  const { identity, newExternalId } = defaults;
  return {
    kind: connection?.kind ?? 'account',
    name: connection?.name ?? '',
    regions: connection?.regions.join(' ') ?? '',
    queueArn: connection?.queueArn ?? '',
    roleName: connection?.memberRole ?? USUAL_ROLE,
    principal: identity?.arn ?? '',
    externalId: connection === null ? newExternalId : (connection.externalId ?? ''),
    withSnapshots: false,
    roleArns: connection?.roleArns.join('\n') ?? '',
  };
}

/** What is kept of a draft; `id` is empty for a new connection. */
export function inputOf(draft: Draft, id: string): Readonly<Record<string, string>> {
  const { kind, name, regions, queueArn, roleName, externalId, roleArns } = draft;
  const isOwn = kind === 'account';
  return {
    id,
    name: name.trim() || USUAL_NAMES[kind],
    kind,
    regions,
    queueArn,
    memberRole: roleName,
    externalId: isOwn ? '' : externalId,
    roleArns: isOwn ? '' : roleArns,
  };
}

/** True where nothing that is kept differs. */
export function isSaved(draft: Draft, saved: Draft | null): boolean {
  return saved !== null && JSON.stringify(inputOf(draft, '')) === JSON.stringify(inputOf(saved, ''));
}

/** Harrier's own account needs no role to be named. */
export function stepsOf(kind: ConnectionKind): readonly StepId[] {
  return STEPS.filter((step) => kind !== 'account' || step !== 'roles');
}

/** The first step that has a fault; null where none of them asks for what is wrong. */
export function stepOfFaults(faults: Faults): StepId | null {
  return STEPS.find((step) => Object.keys(faults).some((field) => STEP_OF[field] === step)) ?? null;
}

/** The texts of a field that holds several, one a line or with commas between them. */
export function several(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((one) => one !== '');
}

/** A step that is not open, in one line. */
export function answerOf(step: StepId, draft: Draft): string {
  if (step === 'source') return `${KIND_WORDS[draft.kind]}, ${regionsInWords(several(draft.regions))}`;
  if (step === 'template') return templateInWords(draft);
  return step === 'roles' ? rolesInWords(draft) : '';
}

export function regionsInWords(regions: readonly string[]): string {
  if (regions.length === 0) return 'every region that is enabled';
  const more = regions.length - SHOWN_REGIONS;
  return regions.slice(0, SHOWN_REGIONS).join(', ') + (more > 0 ? ` and ${formatCount(more)} more` : '');
}

function templateInWords({ kind, roleName, externalId }: Draft): string {
  if (kind === 'account') return 'a policy for the role that Harrier runs with';
  return externalId.trim() === '' ? `${roleName}, without an external id` : `${roleName}, external id ${externalId}`;
}

function rolesInWords({ kind, roleName, roleArns }: Draft): string {
  const roles = several(roleArns);
  if (kind === 'roles') return roles.length === 0 ? 'none given yet' : formatCounted(roles.length, 'role');
  const lister = roles[0] === undefined ? 'listed with Harrier’s own credentials' : `listed by ${roles[0]}`;
  return `${roleName} in every account, ${lister}`;
}
