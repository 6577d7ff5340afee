import { z } from 'zod';
import type { ResourcePackagesPage } from '../../core/model/views.ts';
import type { Operation } from '../operation.ts';
import { wordsInput } from './estate-input.ts';
import { idInput, pageInput, parseInput } from './input.ts';
import { visibleEstate } from './visible-scope.ts';

const schema = idInput.extend({
  ...pageInput,
  ecosystem: z.string().max(100).nullable().default(null),
  withFindings: z.boolean().default(false),
  words: wordsInput.default([]),
});

/** One keyset page of what is in a resource, those packages first that have the gravest findings. */
export const listResourcePackages: Operation<
  {
    readonly id: string;
    readonly cursor: string | null;
    readonly limit: number;
    readonly ecosystem: string | null;
    readonly withFindings: boolean;
    readonly words: readonly string[];
  },
  ResourcePackagesPage
> = {
  name: 'ListResourcePackages',
  permission: 'findings:read',
  parse: (input) => parseInput(schema, input),
  run: (deps, caller, { id, cursor, limit, ...filter }) =>
    deps.reads.resourcePackages(visibleEstate(caller), id, { cursor, limit }, filter),
};
