import { z } from 'zod';
import { ROLES } from '../../core/model/permissions.ts';

/** One of the six roles. */
export const roleField = z.enum(ROLES, 'Choose a role.');

/**
 * The accounts a person may see. A form sends a text of ids between spaces or commas, where an empty text means all of
 * them; code sends a list, or null for all.
 */
export const accountsField = z
  .union([z.string().max(20_000).transform(toIds), z.array(z.string()).max(1000), z.null()])
  .transform((ids) => (ids === null ? null : [...new Set(ids)].toSorted()))
  .refine((ids) => ids === null || ids.length > 0, 'Name at least one account, or choose all accounts.')
  .refine(
    (ids) => ids === null || ids.every((id) => /^(?:\d{12}|local)$/.test(id)),
    'An account is twelve digits, such as 101010101010, or "local" for machines outside AWS.',
  );

/** Teams by name; a form sends a text of names between commas. Left out, they stay as they are. */
export const teamsField = z
  .union([z.string().max(5_000).transform(toNames), z.array(z.string())])
  .transform((names) => [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))].toSorted())
  .refine((names) => names.length <= 50 && names.every((name) => name.length <= 200), 'Name at most 50 teams.')
  .optional();

function toNames(text: string): string[] {
  return text.split(',');
}

function toIds(text: string): string[] | null {
  const ids = text.split(/[\s,]+/).filter((id) => id !== '');
  return ids.length === 0 ? null : ids;
}

/** The account scope in words, for the activity record. */
export function scopeInWords(accounts: readonly string[] | null): string {
  return accounts === null ? 'all accounts' : `accounts ${accounts.join(', ')}`;
}
