/**
 * `mention`: called in a comment; `assigned`: owes a fix from now on; `act`: an own act on many findings has ended; `approval`: a
 * rule waits for a second person; `watch`: a watched vulnerability was found; `ending`: a decision of one's own ends soon; `due`:
 * what is due soon or past due; `drift`: an intended exposure is
 * wider than was meant, or has another open port beside it.
 */
export const NOTICE_KINDS = ['mention', 'assigned', 'act', 'approval', 'watch', 'ending', 'due', 'drift'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export interface NewNotice {
  /** Id of the person. */
  readonly userId: string;
  readonly kind: NoticeKind;
  /** The same thing is told to a person once. */
  readonly dedupe: string;
  readonly title: string;
  readonly detail: string;
  /** An address of the console. */
  readonly href: string;
}

export interface Notice extends Omit<NewNotice, 'userId' | 'dedupe'> {
  readonly id: string;
  readonly at: Date;
  readonly readAt: Date | null;
}

export interface NoticePage {
  readonly rows: readonly Notice[];
  /** Opaque; null on the last page. */
  readonly nextCursor: string | null;
}

/** Notices are kept for so long. */
export const NOTICE_DAYS = 90;
