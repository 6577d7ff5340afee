import { AppError } from '../core/model/app-error.ts';
import { type Caller, isAllowed, type Permission } from '../core/model/permissions.ts';
import type { Dependencies } from './dependencies.ts';

/** One thing a caller may ask. Console, API and tests use the same object. */
export interface Operation<Input, Output> {
  /** Wire name, `ListFindings`. */
  readonly name: string;
  readonly permission: Permission;
  /** Turns whatever a door received into the input. Throws AppError `invalid-input` with the fields at fault. */
  parse(input: unknown): Input;
  run(deps: Dependencies, caller: Caller, input: Input): Promise<Output>;
}

/** The only way to call an operation: checks the right, parses, runs. Throws AppError. */
export async function runOperation<Input, Output>(
  operation: Operation<Input, Output>,
  deps: Dependencies,
  caller: Caller,
  input: unknown,
): Promise<Output> {
  if (!isAllowed(caller.role, operation.permission)) {
    throw new AppError(
      'access-denied',
      `Your role "${caller.role}" does not allow this. An administrator can change it under Settings, Users.`,
    );
  }
  return operation.run(deps, caller, operation.parse(input));
}
