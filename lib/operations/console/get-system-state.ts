import type { SystemState } from '../../core/model/system-state.ts';
import type { Operation } from '../operation.ts';
import { noInput, parseInput } from './input.ts';

/** Version, database, advisories, disk and clock of this installation. */
export const getSystemState: Operation<Record<string, never>, SystemState> = {
  name: 'GetSystemState',
  permission: 'scans:read',
  parse: (input) => parseInput(noInput, input),
  run: (deps) => deps.system.state(),
};
