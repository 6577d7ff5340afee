import type { SavedView } from '../model/personal.ts';

export type NewView = Omit<SavedView, 'id' | 'ownerName'>;

/** What people chose for their own console. */
export interface PersonalStore {
  /** By name, as it was saved: whoever reads it checks it. */
  preferences(userId: string): Promise<Readonly<Record<string, unknown>>>;
  savePreference(userId: string, name: string, value: unknown, now: Date): Promise<void>;

  /** Keeps accounts under a name that follows from them: `s_` and 16 hexadecimal digits. */
  saveAccountSet(accounts: readonly string[], userId: string, now: Date): Promise<string>;

  watches(userId: string, vulnerability: string): Promise<boolean>;
  watch(userId: string, vulnerability: string, watched: boolean, now: Date): Promise<void>;

  /** Own views first, then those that others share; each by age. */
  views(userId: string): Promise<readonly SavedView[]>;
  view(id: string): Promise<SavedView | null>;
  ownViews(userId: string): Promise<number>;
  addView(view: NewView, now: Date): Promise<string>;
  saveView(view: Omit<SavedView, 'ownerName'>, now: Date): Promise<void>;
  /** Takes it away, or brings back what was taken away; false where there is no such view of the owner. */
  setViewRemoved(id: string, owner: string, removed: boolean, now: Date): Promise<boolean>;
}
