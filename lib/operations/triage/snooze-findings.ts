import { z } from 'zod';
import type { Operation } from '../operation.ts';
import { type ActAnswer, runAct } from './run-act.ts';
import { type ActInput, actInput, parseAct } from './triage-input.ts';

const schema = z.object({ ...actInput, until: z.coerce.date().nullable() });

/** Keeps findings out of the queues for some time, or brings them back with null. They stay open, and their due dates run. */
export const snoozeFindings: Operation<ActInput & { readonly until: Date | null }, ActAnswer> = {
  name: 'SnoozeFindings',
  permission: 'findings:triage',
  parse: (input) => parseAct(schema, input),
  run: (deps, caller, { until, ...act }) => runAct(deps, caller, act, { kind: 'snooze', until }),
};
