import type { ActivityRecord } from '../model/activity.ts';
import type { Caller, Role } from '../model/permissions.ts';

export interface UserRecord {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** Null: all accounts. */
  readonly accounts: readonly string[] | null;
  /** Names of teams, as routing rules use them. */
  readonly teams: readonly string[];
  /** Argon2id hash in PHC form; null for people who sign in through OpenID Connect only. */
  readonly passwordHash: string | null;
  readonly disabled: boolean;
  readonly createdAt: Date;
  readonly lastSignInAt: Date | null;
}

export interface SessionRecord {
  readonly id: string;
  readonly userId: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly userAgent: string;
  readonly address: string;
}

export interface UserStore {
  count(): Promise<number>;
  list(): Promise<readonly UserRecord[]>;
  byId(id: string): Promise<UserRecord | null>;
  byEmail(email: string): Promise<UserRecord | null>;
  create(
    user: Omit<UserRecord, 'lastSignInAt' | 'disabled' | 'teams'> & { readonly teams?: readonly string[] },
  ): Promise<void>;
  update(
    id: string,
    change: Partial<Pick<UserRecord, 'name' | 'role' | 'accounts' | 'teams' | 'passwordHash' | 'disabled'>>,
  ): Promise<void>;

  openSession(session: SessionRecord): Promise<void>;
  /** The person behind a live session, or null when it is unknown, revoked or expired, or the person is disabled. */
  callerOf(sessionId: string, now: Date): Promise<Caller | null>;
  sessionsOf(userId: string, now: Date): Promise<readonly SessionRecord[]>;
  /** Revokes one session of the person; returns false when there was none. */
  revokeSession(userId: string, sessionId: string, now: Date): Promise<boolean>;
  revokeAllSessions(userId: string, now: Date): Promise<number>;

  /** Counts failed sign-ins since `since` for an e-mail or an address, whichever is greater. */
  failedAttempts(email: string, address: string, since: Date): Promise<number>;
  recordAttempt(email: string, address: string, succeeded: boolean, now: Date): Promise<void>;

  /** Makes this the only valid set-up code; `codeHash` is SHA-256 in hex. */
  replaceSetupCode(codeHash: string, expiresAt: Date): Promise<void>;
  /** True once for a valid code, which it uses up; also counts wrong tries. */
  consumeSetupCode(codeHash: string, now: Date): Promise<boolean>;
  /** True while the code could still be used; does not use it up. */
  isSetupCodeValid(codeHash: string, now: Date): Promise<boolean>;

  /** Named settings of the installation; values are JSON. Secret values are sealed by the caller. */
  setting(name: string): Promise<unknown>;
  saveSetting(name: string, value: unknown, userId: string, now: Date): Promise<void>;

  /** Appends to the activity record. */
  recordActivity(entry: {
    readonly at: Date;
    readonly actor: string;
    readonly action: string;
    readonly object: string;
    readonly detail: string;
    readonly address: string;
    /** The accounts that the act was about; left out or null: the installation as a whole. */
    readonly accounts?: readonly string[] | null;
    readonly record?: ActivityRecord;
  }): Promise<void>;
}
