import { z } from 'zod';
import { AppError } from '../../core/model/app-error.ts';
import type { ScanComparison } from '../../core/model/estate.ts';
import type { Operation } from '../operation.ts';
import { idInput, parseInput } from './input.ts';
import { visibleEstate } from './visible-scope.ts';

const scan = z.string().regex(/^\d{1,18}$/);
const schema = idInput.extend({ from: scan, to: scan });

/** Which findings opened and which closed between two scans of a resource. */
export const compareScans: Operation<
  { readonly id: string; readonly from: string; readonly to: string },
  ScanComparison
> = {
  name: 'CompareScans',
  permission: 'findings:read',
  parse: (input) => parseInput(schema, input),
  async run(deps, caller, { id, from, to }) {
    const found = await deps.reads.compareScans(visibleEstate(caller), id, { from, to });
    if (found === null) {
      throw new AppError('not-found', 'One of these scans is no longer kept, or both are the same. Choose two others.');
    }
    return found;
  },
};
