import { requireCaller } from '@/lib/auth/require-caller.ts';
import { type Operation, runOperation } from '@/lib/operations/operation.ts';

/** What a page does to get its data: find out who asks, run one operation for them. */
export async function ask<Input, Output>(operation: Operation<Input, Output>, input: Input): Promise<Output> {
  const { deps, caller } = await requireCaller();
  return runOperation(operation, deps, caller, input);
}
