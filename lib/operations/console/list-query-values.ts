import { z } from 'zod';
import type { EstateValue } from '../../core/findings/query/complete-query.ts';
import { VALUE_SOURCES, type ValueSource } from '../../core/findings/query/query-fields.ts';
import type { Operation } from '../operation.ts';
import { parseInput } from './input.ts';
import { visibleEstate } from './visible-scope.ts';

const VALUES_MAX = 12;
const schema = z.object({ source: z.enum(VALUE_SOURCES), typed: z.string().max(200) });

/** Values of the caller's estate that go on with what was typed after a key of a query. */
export const listQueryValues: Operation<
  { readonly source: ValueSource; readonly typed: string },
  readonly EstateValue[]
> = {
  name: 'ListQueryValues',
  permission: 'findings:read',
  parse: (input) => parseInput(schema, input),
  run: (deps, caller, { source, typed }) => deps.reads.queryValues(visibleEstate(caller), source, typed, VALUES_MAX),
};
