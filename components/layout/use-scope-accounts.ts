'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { type AccountSet, accountGroupOf } from '@/lib/core/model/scope.ts';
import { showToast } from '../ui/toast-queue.ts';
import { coveredBy, type ScopeAccount } from './account-choice.ts';

/** More names than this do not fit an address that can be shared: the server keeps them, and gives a name for the set. */
const NAMES_MAX = 40;
/** A set is stored when nothing more has been picked for so long. */
const SETTLE_MS = 400;

/** The server action that keeps a set of accounts. */
export type StoreAccounts = (input: {
  readonly accounts: readonly string[];
}) => Promise<
  { readonly ok: true; readonly value: { readonly id: string } } | { readonly ok: false; readonly message: string }
>;

interface ScopeAccounts {
  /** Single accounts and units; those of a stored set are named one by one. */
  readonly names: readonly string[];
  /** Accounts of the address that the reader may not see. */
  readonly dropped: number;
  /** What is wrong with the address, in a sentence; null where nothing is. */
  readonly fault: string | null;
  readonly choose: (names: readonly string[]) => void;
}

/** The accounts of the scope as they are picked and shown, whichever way the address names them. */
export function useScopeAccounts(
  named: readonly string[],
  accounts: readonly ScopeAccount[] | null,
  store: StoreAccounts,
  change: (accounts: readonly string[]) => void,
): ScopeAccounts {
  const client = useQueryClient();
  const [draft, setDraft] = useState<readonly string[] | null>(null);
  // The reader may have gone to another page before a set is stored.
  const latestChange = useRef(change);
  latestChange.current = change;
  const settling = useRef<ReturnType<typeof setTimeout>>(undefined);
  const set = named.find((name) => accountGroupOf(name)?.kind === 'set') ?? null;
  const { data, isError } = useQuery({
    queryKey: ['account-set', set],
    queryFn: async ({ signal }) => {
      const answer = await fetch(`/api/account-sets?id=${set}`, { signal });
      if (answer.status === 404) return null;
      if (!answer.ok) throw new Error(`account sets answered ${answer.status}`);
      return (await answer.json()) as AccountSet;
    },
    enabled: set !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const address = named.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was picked stands until the address has it.
  useEffect(() => setDraft(null), [address]);

  const single = named.filter((name) => name !== set);
  const names = draft ?? [...single, ...(set === null ? [] : (data?.accounts ?? []))];
  const known = new Set((accounts ?? []).map(({ id }) => id));
  const foreign = accounts === null ? [] : single.filter((name) => accountGroupOf(name) === null && !known.has(name));

  async function keep(wanted: readonly string[]) {
    const covered = [...coveredBy(wanted, accounts ?? [])];
    const result = await store({ accounts: covered }).catch(() => null);
    if (result?.ok === true) {
      client.setQueryData(['account-set', result.value.id], { accounts: covered, dropped: 0 } satisfies AccountSet);
      latestChange.current([result.value.id]);
      return;
    }
    setDraft(null);
    showToast(result?.message ?? 'The server did not answer; the accounts are as they were. Try again.', {
      error: true,
    });
  }

  function choose(wanted: readonly string[]) {
    clearTimeout(settling.current);
    setDraft(wanted);
    if (wanted.length <= NAMES_MAX) change(wanted);
    else settling.current = setTimeout(() => void keep(wanted), SETTLE_MS);
  }

  return {
    names: set !== null && names.length === 0 && draft === null ? [set] : names,
    dropped: foreign.length + (data?.dropped ?? 0),
    fault: faultOf({ set: set === null ? undefined : data, isError, emptyUnit: emptyUnitOf(single, accounts) }),
    choose,
  };
}

interface Faults {
  /** Null where nobody stored it; undefined where none is asked for, or it is on its way. */
  readonly set: AccountSet | null | undefined;
  readonly isError: boolean;
  readonly emptyUnit: string | null;
}

function faultOf({ set, isError, emptyUnit }: Faults): string | null {
  if (isError) return 'The accounts of this address could not be read';
  if (set === null) return 'This address names a set of accounts that nobody stored';
  return emptyUnit === null ? null : `No account that you may see is in ${emptyUnit}`;
}

function emptyUnitOf(names: readonly string[], accounts: readonly ScopeAccount[] | null): string | null {
  if (accounts === null) return null;
  const empty = names.find((name) => accountGroupOf(name) !== null && coveredBy([name], accounts).size === 0);
  const group = empty === undefined ? null : accountGroupOf(empty);
  return group?.kind === 'unit' ? group.path : null;
}
