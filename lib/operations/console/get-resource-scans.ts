import type { OpenStep } from '../../core/model/estate.ts';
import type { PackageType, ResourceScan } from '../../core/model/views.ts';
import type { Operation } from '../operation.ts';
import { idInput, parseInput } from './input.ts';
import { visibleEstate } from './visible-scope.ts';

export interface ResourceScans {
  /** Of the last fourteen days, the newest first. */
  readonly scans: readonly ResourceScan[];
  readonly types: readonly PackageType[];
  /** How many findings were open in the same days, oldest first. */
  readonly open: readonly OpenStep[];
}

/** When a resource was looked at, with what came of it, and which kinds of packages it has. */
export const getResourceScans: Operation<{ readonly id: string }, ResourceScans> = {
  name: 'GetResourceScans',
  permission: 'findings:read',
  parse: (input) => parseInput(idInput, input),
  async run(deps, caller, { id }) {
    const visible = visibleEstate(caller);
    const now = deps.clock.now();
    const [scans, types, open] = await Promise.all([
      deps.reads.resourceScans(visible, id, now),
      deps.reads.packageTypes(visible, id),
      deps.reads.openSteps(visible, id, now),
    ]);
    return { scans, types, open };
  },
};
