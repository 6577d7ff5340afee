import { NOTICE_KINDS, type NoticeKind } from './notice.ts';

export const MAIL_TLS = ['starttls', 'tls', 'none'] as const;
/** `starttls`: begins in the clear and must go on encrypted; `tls`: encrypted from the first byte; `none`: never encrypted. */
export type MailTls = (typeof MAIL_TLS)[number];

/** Where mail is handed in, without the password: that goes in and never comes out. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  readonly tls: MailTls;
  /** Empty: nobody signs in. */
  readonly username: string;
  readonly sender: string;
  /** Public address of the console, without a slash at its end; links begin with it. */
  readonly url: string;
}

/** How mail is doing, as Settings shows it. */
export interface MailHealth {
  readonly lastSentAt: Date | null;
  readonly lastError: string | null;
  readonly lastErrorAt: Date | null;
  /** Notices whose time to be mailed, whose digest or whose next try is still to come. */
  readonly waiting: number;
  /** Notices of the last 90 days that were given up. */
  readonly failed: number;
}

export const MAIL_TIMES = ['now', 'digest', 'never'] as const;
export type MailTime = (typeof MAIL_TIMES)[number];

/** What a person wants by mail, and when. */
export interface MailChoice {
  readonly kinds: Readonly<Record<NoticeKind, MailTime>>;
  readonly digest: {
    readonly every: 'day' | 'week';
    /** 1 is Monday; counts where it comes weekly. */
    readonly weekday: number;
    readonly hour: number;
  };
  /** Hours of the day between which nothing comes at once; `from` may be greater than `to`. Null: none. */
  readonly quiet: { readonly from: number; readonly to: number } | null;
  /** An IANA name, `Europe/Berlin`; the hours above are of this zone. */
  readonly zone: string;
}

/** Until a person chooses: what waits for them at once, the rest once a day. */
export const DEFAULT_MAIL_CHOICE: MailChoice = {
  kinds: Object.fromEntries(
    NOTICE_KINDS.map((kind) => [kind, ['mention', 'assigned', 'approval', 'drift'].includes(kind) ? 'now' : 'digest']),
  ) as Record<NoticeKind, MailTime>,
  digest: { every: 'day', weekday: 1, hour: 8 },
  quiet: null,
  zone: 'UTC',
};

/** A mail that is ready to go; all of it is text that strangers may have written. */
export interface Mail {
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same for a second try, so that a server which has it already can tell. */
  readonly reference: string;
}

/**
 * `server`: the server cannot be used by anybody now; `later`: it refuses this mail for now; `never`: it refuses this mail for good.
 */
export type MailTrouble = 'server' | 'later' | 'never';

/** What the server said, in one sentence. */
export type MailOutcome =
  | { readonly sent: true; readonly sentence: string }
  | { readonly sent: false; readonly trouble: MailTrouble; readonly sentence: string };

/** Notices older than this are not mailed any more. */
export const MAIL_DAYS = 14;
/** A mail that is refused for now is tried so often. */
export const MAIL_TRIES_MAX = 5;
