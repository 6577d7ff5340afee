import type { Caller } from '../../core/model/permissions.ts';
import { accountGroupOf, type Scope, type VisibleScope, WHOLE_ESTATE } from '../../core/model/scope.ts';
import type { Dependencies } from '../dependencies.ts';

/** Everything that the caller may see. */
export function visibleEstate(caller: Caller): VisibleScope {
  return { ...WHOLE_ESTATE, accounts: caller.accounts };
}

/**
 * Narrows what was asked for to what the caller may see. Accounts outside the caller's rights vanish without a trace. A unit or
 * a set that holds nothing, or that nobody knows, is nothing: it never widens to all.
 */
export async function visibleScope(
  { reads }: { readonly reads: Pick<Dependencies['reads'], 'accountsIn'> },
  caller: Caller,
  scope: Scope,
): Promise<VisibleScope> {
  if (scope.accounts.length === 0) {
    return { ...scope, accounts: caller.accounts };
  }
  const groups = scope.accounts.flatMap((token) => accountGroupOf(token) ?? []);
  const named = scope.accounts.filter((token) => accountGroupOf(token) === null);
  const asked = groups.length === 0 ? named : [...new Set([...named, ...(await reads.accountsIn(groups))])];
  const { accounts: allowed } = caller;
  return { ...scope, accounts: allowed === null ? asked : asked.filter((account) => allowed.includes(account)) };
}
