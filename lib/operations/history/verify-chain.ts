import { z } from 'zod';
import type { ChainReport } from '../../core/model/history.ts';
import { parseInput } from '../console/input.ts';
import type { Operation } from '../operation.ts';
import { recordVerification } from './record-verification.ts';

const place = z.number().int().min(1).optional();
const schema = z.object({ from: place, to: place });

export interface VerifyChainInput {
  /** Places in the chain, both included; left out: all of it. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** Computes the chain of history anew and says what is wrong first. That somebody looked is activity, whatever they saw. */
export const verifyChain: Operation<VerifyChainInput, ChainReport> = {
  name: 'VerifyChain',
  permission: 'settings:read',
  parse: (input) => parseInput(schema, input),
  async run(deps, caller, { from, to }) {
    const report = await deps.history.verify({
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    });
    await recordVerification(deps, caller.email, report);
    return report;
  },
};
