import { z } from 'zod';
import type { SeenFinding } from '../../core/model/triage-act.ts';
import type { FindingRow } from '../../core/model/views.ts';
import type { Operation } from '../operation.ts';
import { parseInput } from './input.ts';
import { visibleEstate } from './visible-scope.ts';

const SEEN_MAX = 200;
const schema = z.object({
  seen: z
    .array(z.object({ id: z.string().regex(/^[0-9a-f]{32}$/), version: z.number().int().min(0).max(2_147_483_647) }))
    .max(SEEN_MAX),
});

/** Those of the findings that are no longer as they were seen. One that is gone, or out of the reader's sight, is left out. */
export const listChangedFindings: Operation<{ readonly seen: readonly SeenFinding[] }, readonly FindingRow[]> = {
  name: 'ListChangedFindings',
  permission: 'findings:read',
  parse: (input) => parseInput(schema, input),
  run: (deps, caller, { seen }) => deps.reads.changedFindings(visibleEstate(caller), seen),
};
