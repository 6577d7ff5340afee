import { z } from 'zod';
import type { ConsoleReads } from '../../core/ports/console-reads.ts';
import type { Operation } from '../operation.ts';
import { parseInput } from './input.ts';
import { visibleEstate } from './visible-scope.ts';

const HITS_MAX = 20;
const schema = z.object({ text: z.string().trim().max(200) });

type Hits = Awaited<ReturnType<ConsoleReads['search']>>;

/** Vulnerabilities, resources and accounts whose name or id begins with or contains the text. */
export const searchEstate: Operation<{ readonly text: string }, Hits> = {
  name: 'SearchEstate',
  permission: 'findings:read',
  parse: (input) => parseInput(schema, input),
  run: async (deps, caller, { text }) => (text === '' ? [] : deps.reads.search(visibleEstate(caller), text, HITS_MAX)),
};
