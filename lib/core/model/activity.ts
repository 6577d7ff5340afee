import type { ChainFault } from './history.ts';

/** One field that an act changed, both as people read them; null where there was, or is, nothing. */
export interface FieldChange {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What an entry keeps beside its sentence. */
export interface ActivityRecord {
  readonly changes?: readonly FieldChange[];
  /** The act on findings that it tells of, which may be undone. */
  readonly actId?: string;
  /** The finding, where it was one alone. */
  readonly findingId?: string;
  /** What a check of the chain found; null where all of it was whole. */
  readonly fault?: ChainFault | null;
}

export const ACTIVITY_KINDS = ['triage', 'rules', 'scan', 'settings', 'access', 'history', 'aws', 'other'] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

export const ACTIVITY_TABS = ['all', 'people', 'access', 'aws'] as const;
export type ActivityTab = (typeof ACTIVITY_TABS)[number];

/** What entries are asked for. Lists that are empty do not restrict; a `not` list takes away. */
export interface ActivityFilter {
  readonly tab: ActivityTab;
  /** Parts of a name or an e-mail address. */
  readonly who: readonly string[];
  readonly notWho: readonly string[];
  /** Parts of an action, `role-changed`. */
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly objects: readonly string[];
  readonly accounts: readonly string[];
  readonly kinds: readonly ActivityKind[];
  readonly notKinds: readonly ActivityKind[];
  /** Ids of acts: all entries of one request. */
  readonly requests: readonly string[];
  readonly from: Date | null;
  /** Not included. */
  readonly to: Date | null;
}

/** Which entries a reader may see: what they did themselves, and what their accounts and rights let them know of. */
export interface ActivityReader {
  /** As entries name the person. */
  readonly email: string;
  readonly accounts: readonly string[] | null;
  /** Whether acts on people, sign-ins and settings are for this reader. */
  readonly seesSettings: boolean;
}

export interface ActivityRow {
  readonly id: string;
  readonly at: Date;
  /** E-mail address of a person, or `harrier`. */
  readonly actor: string;
  /** Name of the person; null for what is no person, or nobody's any more. */
  readonly actorName: string | null;
  readonly action: string;
  readonly object: string;
  readonly detail: string;
}

export interface ActivityPage {
  readonly rows: readonly ActivityRow[];
  /** Opaque; null on the last page. */
  readonly nextCursor: string | null;
}

/** One link of the chain: its place and hash in hex. */
export interface ChainLink {
  readonly position: string;
  readonly hash: string;
}

export interface ActivityEntry extends ActivityRow {
  /** Where the request came from; empty where the act had none, or it was not kept. */
  readonly address: string;
  readonly accounts: readonly string[] | null;
  readonly record: ActivityRecord;
  /** The sign-in that the person's acts of that time came from; null for what is no person. */
  readonly signIn: { readonly at: Date; readonly detail: string } | null;
  readonly chain: {
    readonly block: ChainLink;
    readonly previous: ChainLink | null;
    readonly next: ChainLink | null;
    /** Entries of the same block: they were written by one statement. */
    readonly entries: number;
  } | null;
}

/** Entries of one hour or one day. */
export interface ActivityBucket {
  readonly since: Date;
  readonly entries: number;
  /** It has not ended. */
  readonly partial: boolean;
}

export interface ActivityFigures {
  readonly total: { readonly count: number; readonly exact: boolean };
  readonly bucketHours: 1 | 24;
  readonly buckets: readonly ActivityBucket[];
  /** The newest check of the chain that was asked for; null before the first, and for those who may not know of it. */
  readonly checked: { readonly at: Date; readonly detail: string; readonly fault: ChainFault | null } | null;
}

/** Beginnings of actions by kind; the first that fits counts. */
export const KIND_PREFIXES: Readonly<Record<Exclude<ActivityKind, 'other'>, readonly string[]>> = {
  triage: ['findings-', 'comment-'],
  rules: ['suppression-rule-'],
  scan: ['scan-', 'job-', 'feeds-', 'sample-', 'upload-'],
  settings: ['sla-', 'scoring-', 'routing-', 'registry-', 'setting-', 'view-', 'notice-', 'digest-', 'mail-'],
  access: ['sign-in', 'sign-out', 'session', 'password-', 'person-', 'role-', 'set-up'],
  history: ['history-', 'activity-'],
  aws: ['aws-'],
};

export function kindOfAction(action: string): ActivityKind {
  for (const kind of ACTIVITY_KINDS) {
    if (kind !== 'other' && KIND_PREFIXES[kind].some((prefix) => action.startsWith(prefix))) {
      return kind;
    }
  }
  return 'other';
}

/** The fields in which two plain objects differ, one level deep; lists and objects are compared as they are written. */
export function changesBetween(before: object, after: object): readonly FieldChange[] {
  const [old, next] = [flat(before), flat(after)];
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((field) => {
    const change = { field, before: old.get(field) ?? null, after: next.get(field) ?? null };
    return change.before === change.after ? [] : [change];
  });
}

function flat(of: object, prefix = ''): ReadonlyMap<string, string | null> {
  const fields = new Map<string, string | null>();
  for (const [name, value] of Object.entries(of) as [string, unknown][]) {
    if (prefix === '' && isPlain(value)) {
      for (const [inner, text] of flat(value, `${name}.`)) {
        fields.set(inner, text);
      }
    } else {
      fields.set(`${prefix}${name}`, textOf(value));
    }
  }
  return fields;
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) {
    return null;
  }
  if (value instanceof Date) {
    return value.toISOString();
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
