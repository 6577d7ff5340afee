import { z } from 'zod';
import type { Operation } from '../operation.ts';
import { type ActAnswer, runAct } from './run-act.ts';
import { type ActInput, actInput, parseAct } from './triage-input.ts';

export const TEAM_LENGTH_MAX = 200;

const schema = z.object({
  ...actInput,
  owner: z.string().min(1).max(100).nullable().optional(),
  team: z.string().trim().min(1).max(TEAM_LENGTH_MAX).nullable().optional(),
});

interface AssignFindingsInput extends ActInput {
  /** Id of a person; null for nobody, left out to keep whoever it is. */
  readonly owner?: string | null | undefined;
  readonly team?: string | null | undefined;
}

/** Says which person or team owes the fix. Routing rules leave these findings alone from then on. */
export const assignFindings: Operation<AssignFindingsInput, ActAnswer> = {
  name: 'AssignFindings',
  permission: 'findings:triage',
  parse: (input) => parseAct(schema, input),
  run: (deps, caller, { owner, team, ...act }) =>
    runAct(deps, caller, act, {
      kind: 'assign',
      ...(owner === undefined ? {} : { owner }),
      ...(team === undefined ? {} : { team }),
    }),
};
