import { z } from 'zod';
import { COVERAGE_STATES } from '../../core/model/estate.ts';
import { RESOURCE_KINDS } from '../../core/model/resource.ts';

const text = z.string().min(1).max(2048);

export const wordsInput = z.array(text).max(20);
export const versionInput = z.object({ text: z.string().min(1).max(200), whole: z.boolean() }).nullable();
export const ecosystemsInput = z.array(z.string().min(1).max(100)).max(100);

export const resourceFilterInput = z.object({
  words: wordsInput,
  kinds: z.array(z.enum(RESOURCE_KINDS)).max(RESOURCE_KINDS.length),
  states: z.array(z.enum(COVERAGE_STATES)).max(COVERAGE_STATES.length),
  holds: z
    .object({ name: text.nullable(), version: versionInput, ecosystem: z.string().min(1).max(100).nullable() })
    .nullable(),
});
