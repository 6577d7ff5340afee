import { z } from 'zod';
import { AppError } from '../../core/model/app-error.ts';
import { ACCOUNT_SET_MAX, type AccountSet } from '../../core/model/scope.ts';
import type { Operation } from '../operation.ts';
import { idInput, parseInput } from './input.ts';

const schema = z.object({ accounts: z.array(z.string().min(1).max(200)).min(1).max(ACCOUNT_SET_MAX) });

/** Keeps the accounts of a scope that are too many for an address; gives the name that stands for them there. */
export const storeAccountSet: Operation<{ readonly accounts: readonly string[] }, { readonly id: string }> = {
  name: 'StoreAccountSet',
  permission: 'counts:read',
  parse: (input) => parseInput(schema, input),
  async run(deps, caller, { accounts }) {
    const { accounts: allowed } = caller;
    const own = allowed === null ? accounts : accounts.filter((account) => allowed.includes(account));
    if (own.length === 0) {
      throw new AppError('invalid-input', 'None of these accounts is in what you may see. Pick others.');
    }
    return { id: await deps.personal.saveAccountSet(own, caller.userId, deps.clock.now()) };
  },
};

/** The accounts behind such a name, as far as the caller may see them, and how many are left out. */
export const getAccountSet: Operation<{ readonly id: string }, AccountSet> = {
  name: 'GetAccountSet',
  permission: 'counts:read',
  parse: (input) => parseInput(idInput, input),
  async run(deps, caller, { id }) {
    const accounts = await deps.reads.accountSet(id);
    if (accounts === null) {
      throw new AppError('not-found', 'Nobody has stored the accounts of this address. Pick them again.');
    }
    const { accounts: allowed } = caller;
    const own = allowed === null ? accounts : accounts.filter((account) => allowed.includes(account));
    return { accounts: own, dropped: accounts.length - own.length };
  },
};
