'use client';

import { useState } from 'react';
import { isInUnit } from '@/lib/core/model/scope.ts';
import { formatCounted } from '../format/format-count.ts';
import { Button } from '../ui/button.tsx';
import { CheckRow } from '../ui/check-row.tsx';
import {
  coveredBy,
  type ScopeAccount,
  type UnitBranch,
  unitsOf,
  withAccounts,
  without,
  withUnit,
} from './account-choice.ts';
import { ScopeFrame } from './scope-frame.tsx';

const INDENTS = ['', 'pl-7', 'pl-12', 'pl-17', 'pl-22'] as const;

interface Props {
  readonly accounts: readonly ScopeAccount[];
  /** Ids of accounts and names of units. */
  readonly selected: readonly string[];
  readonly onChange: (names: readonly string[]) => void;
}

/** Accounts in the tree of their units. A unit is picked as a whole, with what joins it later; a pasted list of ids in one act. */
export function AccountList({ accounts, selected, onChange }: Props) {
  const [text, setText] = useState('');
  const covered = coveredBy(selected, accounts);
  const pasted = idsIn(text, accounts);
  const shown = pasted.length > 1 ? [] : unitsOf(accounts.filter((account) => matches(account, text)));

  return (
    <ScopeFrame
      name="accounts"
      count={accounts.length}
      placeholder="Name, unit or ID, or paste a list"
      text={text}
      onText={setText}
      isEmpty={shown.length === 0 && pasted.length < 2}
      picked={selected.length === 0 ? null : `${formatCounted(covered.size, 'account')} picked`}
      onShowAll={() => onChange([])}
    >
      {pasted.length > 1 ? (
        <Button
          className="m-1"
          onClick={() => {
            onChange(withAccounts(selected, pasted, accounts));
            setText('');
          }}
        >
          Pick {pasted.length} from the list
        </Button>
      ) : null}
      {shown.map((branch) => (
        <fieldset key={branch.path} aria-label={branch.path || 'accounts'}>
          {branch.path === '' ? null : (
            <UnitRow branch={branch} covered={covered} {...{ accounts, selected, onChange }} />
          )}
          {branch.accounts.map(({ id, name }) => (
            <CheckRow
              key={id}
              className={`menu-item ${INDENTS[Math.min(branch.path === '' ? 0 : branch.depth + 1, INDENTS.length - 1)]}`}
              checked={covered.has(id)}
              onChange={(on) =>
                onChange(on ? withAccounts(selected, [id], accounts) : without(selected, new Set([id]), accounts))
              }
            >
              <span className="min-w-0 flex-1 truncate" title={name}>
                {name}
              </span>
              <code className="text-fg-3">{id}</code>
            </CheckRow>
          ))}
        </fieldset>
      ))}
    </ScopeFrame>
  );
}

interface UnitProps extends Props {
  readonly branch: UnitBranch;
  readonly covered: ReadonlySet<string>;
}

function UnitRow({ branch: { path, name, depth }, covered, accounts, selected, onChange }: UnitProps) {
  // Of all accounts, not of those that a search has left.
  const inside = accounts.filter(({ organizationalUnit }) => isInUnit(organizationalUnit, path)).map(({ id }) => id);
  const count = inside.filter((id) => covered.has(id)).length;
  return (
    <CheckRow
      className={`menu-item font-medium ${INDENTS[Math.min(depth, INDENTS.length - 1)]}`}
      checked={count === inside.length}
      indeterminate={count > 0 && count < inside.length}
      onChange={(on) =>
        onChange(on ? withUnit(selected, path, accounts) : without(selected, new Set(inside), accounts))
      }
    >
      <span className="min-w-0 flex-1 truncate" title={path}>
        {name}
      </span>
      <span className="text-12 text-fg-3">{inside.length}</span>
    </CheckRow>
  );
}

function matches({ id, name, organizationalUnit }: ScopeAccount, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return [name, id, organizationalUnit].some((part) => part.toLowerCase().includes(wanted));
}

function idsIn(text: string, accounts: readonly ScopeAccount[]): readonly string[] {
  const words = new Set(text.split(/[\s,;]+/));
  return words.size < 2 ? [] : accounts.filter(({ id }) => words.has(id)).map(({ id }) => id);
}
