import type { NewNotice, NoticePage } from '../model/notice.ts';

/** What people are told. */
export interface NoticeStore {
  /** What a person was told already is left out. */
  add(notices: readonly NewNotice[], now: Date): Promise<void>;
  list(userId: string, page: { readonly cursor: string | null; readonly limit: number }): Promise<NoticePage>;
  unread(userId: string): Promise<number>;
  /** Of the person, those with these ids; null for all. */
  markRead(userId: string, ids: readonly string[] | null, now: Date): Promise<void>;
  /** Tells of what came due by itself: watched vulnerabilities that were found, decisions that end, findings that are due. */
  sweep(now: Date): Promise<void>;
}
