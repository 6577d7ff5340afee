import { z } from 'zod';
import { CHOSEN_STATUSES, type ChosenStatus, REASON_LENGTH_MAX } from '../../core/model/triage.ts';
import type { Operation } from '../operation.ts';
import { type ActAnswer, runAct } from './run-act.ts';
import { type ActInput, actInput, parseAct } from './triage-input.ts';

const schema = z.object({
  ...actInput,
  status: z.enum(CHOSEN_STATUSES),
  reason: z.string().trim().max(REASON_LENGTH_MAX).nullable().default(null),
  until: z.coerce.date().nullable().default(null),
});

interface SetFindingStatusInput extends ActInput {
  readonly status: ChosenStatus;
  readonly reason: string | null;
  readonly until: Date | null;
}

/** Sets the team's own status. Who may accept a risk, with which reason and for how long, is decided in core/findings. */
export const setFindingStatus: Operation<SetFindingStatusInput, ActAnswer> = {
  name: 'SetFindingStatus',
  permission: 'findings:triage',
  parse: (input) => parseAct(schema, input),
  run: (deps, caller, { status, reason, until, ...act }) =>
    runAct(deps, caller, act, { kind: 'status', status, reason: reason === '' ? null : reason, until }),
};
