import { z } from 'zod';
import { DEFAULT_PREFERENCES, DENSITIES, FINDING_COLUMNS, type Preferences } from '../../core/model/personal.ts';
import { noInput, parseInput } from '../console/input.ts';
import type { Operation } from '../operation.ts';

const columns = z
  .array(z.enum(FINDING_COLUMNS))
  .max(FINDING_COLUMNS.length)
  .transform((chosen) => FINDING_COLUMNS.filter((column) => chosen.includes(column)));
const fields = { density: z.enum(DENSITIES), columns } as const;
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
