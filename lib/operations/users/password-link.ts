import type { UserRecord } from '../../core/ports/user-store.ts';
import type { Dependencies } from '../dependencies.ts';
import { hashOneTimeCode, newOneTimeCode } from './one-time-code.ts';

const LINK_HOURS = 72;

/** A link with which a person sets a password. It works once; making another one voids it. */
export interface PasswordLink {
  /** Path and query on this installation; the code stands in it in clear, here and nowhere else. */
  readonly path: string;
  readonly expiresAt: Date;
}

/** Makes the person's only valid link. Stored is its hash, under a name of its own for each person. */
export async function makePasswordLink(tx: Dependencies, userId: string, madeBy: string): Promise<PasswordLink> {
  const now = tx.clock.now();
  const expiresAt = new Date(now.getTime() + LINK_HOURS * 3_600_000);
  const { code, hash } = newOneTimeCode();
  await tx.users.saveSetting(settingOf(userId), { hash, expiresAt: expiresAt.toISOString() }, madeBy, now);
  return { path: `/set-password?code=${encodeURIComponent(`${userId}.${code}`)}`, expiresAt };
}

/** The person whom a link's code belongs to, or null when it is unknown, used, replaced or expired. */
export async function personOfLink(deps: Dependencies, linkCode: string): Promise<UserRecord | null> {
  const dot = linkCode.lastIndexOf('.');
  const userId = linkCode.slice(0, Math.max(dot, 0));
  if (userId === '' || linkCode.length > 300) {
    return null;
  }
  const stored = await deps.users.setting(settingOf(userId));
  if (!isStoredLink(stored) || new Date(stored.expiresAt) <= deps.clock.now()) {
    return null;
  }
  if (stored.hash !== hashOneTimeCode(linkCode.slice(dot + 1))) {
    return null;
  }
  const user = await deps.users.byId(userId);
  return user === null || user.disabled ? null : user;
}

/** Voids the person's link, if there is one. */
export async function voidPasswordLink(tx: Dependencies, userId: string, voidedBy: string): Promise<void> {
  await tx.users.saveSetting(settingOf(userId), null, voidedBy, tx.clock.now());
}

function settingOf(userId: string): string {
  return `password-link:${userId}`;
}

function isStoredLink(value: unknown): value is { hash: string; expiresAt: string } {
  return typeof value === 'object' && value !== null && 'hash' in value && 'expiresAt' in value;
}
