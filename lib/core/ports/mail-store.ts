import type { MailHealth, MailServer, MailTime } from '../model/mail.ts';
import type { NoticeKind } from '../model/notice.ts';
import type { Role } from '../model/permissions.ts';

/** A notice that nobody has decided about yet. */
export interface UnplannedNotice {
  readonly id: string;
  readonly userId: string;
  readonly kind: NoticeKind;
  readonly at: Date;
  /** The person's choice as it was saved: whoever reads it checks it. */
  readonly choice: unknown;
}

export interface PlannedMail {
  readonly id: string;
  readonly userId: string;
  readonly time: MailTime;
  /** When it goes; of what never goes, the time of that decision. */
  readonly nextAt: Date;
}

/** A notice whose time to be mailed has come, with its person as they are now. */
export interface DueNotice {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly choice: unknown;
  readonly time: 'now' | 'digest';
  readonly kind: NoticeKind;
  readonly title: string;
  readonly detail: string;
  readonly href: string;
  readonly at: Date;
  /** Tries before this one. */
  readonly tries: number;
  /** Whether the person may still see what it is about, is not disabled and has not read it in the console. */
  readonly wanted: boolean;
}

/** The mail server, and which notice was mailed. */
export interface MailStore {
  server(): Promise<(MailServer & { readonly hasPassword: boolean }) | null>;
  health(now: Date): Promise<MailHealth>;
  /** `password` undefined keeps the one that is there, null forgets it. What waits is tried again at once. */
  save(server: MailServer, password: string | null | undefined, by: string, now: Date): Promise<void>;
  /** False where there was none. */
  remove(): Promise<boolean>;
  /** For whoever sends; null where there is none. Throws AppError where the password was sealed under another secret. */
  open(): Promise<(MailServer & { readonly password: string | null }) | null>;

  /** Notices without a decision since mail was set up, the oldest first. */
  unplanned(limit: number, now: Date): Promise<readonly UnplannedNotice[]>;
  plan(mails: readonly PlannedMail[]): Promise<void>;
  /** Forgets what was planned for the person and not yet tried, because they chose anew. */
  replan(userId: string): Promise<void>;
  /** Whether anything is due and the server is not to be left alone for a while. */
  isDue(now: Date): Promise<boolean>;
  /** What is due, person by person. */
  due(limit: number, now: Date): Promise<readonly DueNotice[]>;
  /** Takes notices for sending until `until`; returns the ids of those that nobody else has taken. */
  claim(ids: readonly string[], until: Date, now: Date): Promise<readonly string[]>;
  sent(ids: readonly string[], now: Date): Promise<void>;
  /** Not mailed, and never will be. */
  dismiss(ids: readonly string[]): Promise<void>;
  /** To be sent at another time, without counting a try. */
  postpone(ids: readonly string[], nextAt: Date): Promise<void>;
  /** Refused; `nextAt` null gives up. */
  refused(ids: readonly string[], reason: string, nextAt: Date | null, now: Date): Promise<void>;
  /** The server cannot be used: nothing is tried before `retryAt`. */
  serverFailed(reason: string, retryAt: Date, now: Date): Promise<void>;
  /** Gives up what has waited too long; how many. */
  expire(now: Date): Promise<number>;
}
