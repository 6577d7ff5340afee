import type { Role } from '@/lib/core/model/permissions.ts';

/** What the shell says about the reader. */
export interface Person {
  readonly name: string;
  readonly role: Role;
}

export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  viewer: 'Viewer',
  triage: 'Triage',
  lead: 'Lead',
  finance: 'Finance',
  security: 'Security',
  admin: 'Admin',
};

/** Two letters for an avatar: `Ines Kovar` → `IK`. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u);
  const letters = words.length > 1 ? [words[0]?.[0], words.at(-1)?.[0]] : [...(words[0] ?? '')].slice(0, 2);
  return letters.join('').toUpperCase();
}
