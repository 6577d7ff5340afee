import { z } from 'zod';
import { JOB_TARGET_KINDS, type JobTargets } from '../../core/model/views.ts';
import type { Operation } from '../operation.ts';
import { parseInput } from './input.ts';
import { visibleEstate } from './visible-scope.ts';

const schema = z.object({ id: z.uuid(), by: z.enum(JOB_TARGET_KINDS) });
/** As many as stand beside a log; the others are one row. */
const SHOWN = 7;

/** What a job read so far by account, region or resource, of what the caller may see. */
export const listJobTargets: Operation<z.output<typeof schema>, JobTargets> = {
  name: 'ListJobTargets',
  permission: 'scans:read',
  parse: (input) => parseInput(schema, input),
  run: (deps, caller, { id, by }) => deps.reads.jobTargets(visibleEstate(caller), { jobId: id, by, limit: SHOWN }),
};
