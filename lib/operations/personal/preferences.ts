import { z } from 'zod';
import {
  DEFAULT_PREFERENCES,
  DENSITIES,
  FINDING_COLUMNS,
  type Preferences,
  SCOPE_NAME_LENGTH_MAX,
  SCOPES_MAX,
} from '../../core/model/personal.ts';
import { noInput, parseInput } from '../console/input.ts';
import type { Operation } from '../operation.ts';

const SCOPE_VALUES_MAX = 40;

const columns = z
  .array(z.enum(FINDING_COLUMNS))
  .max(FINDING_COLUMNS.length)
  .transform((chosen) => FINDING_COLUMNS.filter((column) => chosen.includes(column)));
const names = z.array(z.string().min(1).max(200)).max(SCOPE_VALUES_MAX);
const scopes = z
  .array(
    z.object({
      name: z.string().trim().min(1, 'Give the scope a name.').max(SCOPE_NAME_LENGTH_MAX),
      accounts: names,
      regions: names,
      environments: names,
      isDefault: z.boolean(),
    }),
  )
  .max(SCOPES_MAX);
const fields = { density: z.enum(DENSITIES), columns, scopes } as const;
const schema = z.object(fields).partial();

/** What the caller chose for the console. What an older version saved and this one does not know counts as not chosen. */
export const getPreferences: Operation<unknown, Preferences> = {
  name: 'GetPreferences',
  permission: 'own-session:write',
  parse: (input) => parseInput(noInput, input),
  async run(deps, caller) {
    const saved = await deps.personal.preferences(caller.userId);
    const known = Object.entries(fields).flatMap(([name, field]) => {
      const value = field.safeParse(saved[name]);
      return value.success ? [[name, value.data]] : [];
    });
    return { ...DEFAULT_PREFERENCES, ...Object.fromEntries(known) };
  },
};

/** Saves what is given, and leaves the rest as it was. */
export const savePreferences: Operation<Partial<Preferences>, null> = {
  name: 'SavePreferences',
  permission: 'own-session:write',
  parse: (input) => parseInput(schema, input) as Partial<Preferences>,
  async run(deps, caller, chosen) {
    const now = deps.clock.now();
    for (const [name, value] of Object.entries(chosen)) {
      await deps.personal.savePreference(caller.userId, name, value, now);
    }
    return null;
  },
};
