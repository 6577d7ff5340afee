import { noInput, parseInput } from '../console/input.ts';
import type { Operation } from '../operation.ts';

/** How many targets there are. */
export const countTargets: Operation<Record<string, never>, number> = {
  name: 'CountTargets',
  permission: 'scans:read',
  parse: (input) => parseInput(noInput, input),
  run: async (deps) => (await deps.targets.targets()).length,
};
