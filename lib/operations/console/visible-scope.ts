import type { Caller } from '../../core/model/permissions.ts';
import type { Scope, VisibleScope } from '../../core/model/scope.ts';

/** Narrows what was asked for to what the caller may see. Accounts outside the caller's rights vanish without a trace. */
export function visibleScope(caller: Caller, scope: Scope): VisibleScope {
  return { ...scope, accounts: visibleAccounts(caller.accounts, scope.accounts) };
}

function visibleAccounts(allowed: readonly string[] | null, asked: readonly string[]): readonly string[] | null {
  if (asked.length === 0) {
    return allowed;
  }
  return allowed === null ? asked : asked.filter((account) => allowed.includes(account));
}
