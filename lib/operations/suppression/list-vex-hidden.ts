import { z } from 'zod';
import type { VexHidden } from '../../core/model/suppression.ts';
import { parseInput } from '../console/input.ts';
import type { Operation } from '../operation.ts';
import { ruleIdInput } from './rule-of-input.ts';

const schema = z.object({ id: ruleIdInput });
const ROWS_MAX = 1_000;

/** What a supplier's statement keeps out of the findings, package by package. */
export const listVexHidden: Operation<z.output<typeof schema>, { readonly rows: readonly VexHidden[] }> = {
  name: 'ListVexHidden',
  permission: 'findings:read',
  parse: (input) => parseInput(schema, input),
  run: async (deps, caller, { id }) => ({ rows: await deps.suppression.vexHidden(id, caller.accounts, ROWS_MAX) }),
};
