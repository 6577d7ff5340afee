import { z } from 'zod';
import {
  EXPOSURE_SOURCES,
  type ExposedPath,
  type ExposureSource,
  type ExposureView,
} from '../../core/model/exposure-view.ts';
import type { Scope } from '../../core/model/scope.ts';
import type { Operation } from '../operation.ts';
import { parseInput, scopeInput } from './input.ts';
import { visibleScope } from './visible-scope.ts';

const PORT_MAX = 64;
const schema = z.object({
  scope: scopeInput,
  from: z.enum(EXPOSURE_SOURCES),
  port: z.string().max(PORT_MAX).nullable(),
});

interface GetExposureInput {
  readonly scope: Scope;
  readonly from: ExposureSource;
  /** The port whose paths are told; null for that which most instances have open. */
  readonly port: string | null;
}

export interface Exposure extends ExposureView {
  /** The port whose paths these are; null where none is open. */
  readonly port: string | null;
  readonly paths: readonly ExposedPath[];
}

/** Which ports can be reached in a scope, and the paths to one of them. */
export const getExposure: Operation<GetExposureInput, Exposure> = {
  name: 'GetExposure',
  permission: 'findings:read',
  parse: (input) => parseInput(schema, input),
  async run(deps, caller, { scope, from, port }) {
    const visible = await visibleScope(deps, caller, scope);
    const view = await deps.reads.exposure(visible, from);
    const chosen = view.ports.find(({ id }) => id === port)?.id ?? view.ports[0]?.id ?? null;
    const paths = chosen === null ? [] : await deps.reads.exposedPaths(visible, chosen);
    return { ...view, port: chosen, paths };
  },
};
