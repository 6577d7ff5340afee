'use client';

import { Bookmark, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { type SavedScope, SCOPE_NAME_LENGTH_MAX } from '@/lib/core/model/personal.ts';
import type { Scope } from '@/lib/core/model/scope.ts';
import { Button } from '../ui/button.tsx';
import { Popover } from '../ui/popover.tsx';
import { showToast } from '../ui/toast-queue.ts';
import { formatScope } from './scope-params.ts';
import { addressWith } from './search-params.ts';
import { useAddress } from './use-address.ts';

/** The server action that keeps the scopes of the reader. */
export type SaveScopes = (input: {
  readonly scopes: readonly SavedScope[];
}) => Promise<{ readonly ok: true } | { readonly ok: false; readonly message: string }>;

interface Props {
  readonly scope: Scope;
  readonly saved: readonly SavedScope[];
  readonly save: SaveScopes;
}

/** Scopes under names: to come back to, to save, and one to begin with. */
export function ScopeBookmark(props: Props) {
  return (
    <Popover
      label="Saved scopes"
      width={300}
      trigger={
        <button type="button" className="scope-button" aria-label="Saved scopes" title="Saved scopes">
          <Bookmark size={14} strokeWidth={1.6} aria-hidden="true" />
        </button>
      }
    >
      <Scopes {...props} />
    </Popover>
  );
}

function Scopes({ scope, saved, save }: Props) {
  const router = useRouter();
  const { pathname, values } = useAddress();
  const [name, setName] = useState('');

  async function keep(scopes: readonly SavedScope[], undo: readonly SavedScope[] | null = null) {
    const result = await save({ scopes }).catch(() => null);
    if (result?.ok !== true) {
      showToast(result?.message ?? 'The server did not answer; your scopes are as they were. Try again.', {
        error: true,
      });
      return;
    }
    router.refresh();
    if (undo !== null) showToast('Scope removed', { undo: () => void keep(undo) });
  }

  function add(event: FormEvent) {
    event.preventDefault();
    const wanted = name.trim();
    if (wanted === '') return;
    const { accounts, regions, environments } = scope;
    const others = saved.filter((one) => one.name !== wanted);
    setName('');
    void keep([...others, { name: wanted, accounts, regions, environments, isDefault: false }]);
  }

  return (
    <div>
      {saved.length === 0 ? (
        <p className="px-3 pt-3 text-fg-3">No scope is saved yet.</p>
      ) : (
        <ul className="p-1">
          {saved.map((one) => (
            <li key={one.name} className="flex items-center gap-1">
              <Link
                className="menu-item min-w-0 flex-1"
                href={addressWith(pathname, values, { ...formatScope({ ...one, time: scope.time }), sel: null })}
              >
                <bdi className="truncate">{one.name}</bdi>
              </Link>
              <button
                type="button"
                className="hit px-1.5 text-12 text-fg-3 hover:text-fg"
                aria-pressed={one.isDefault}
                title={one.isDefault ? 'Begin with everything again' : 'Begin with this scope'}
                onClick={() =>
                  void keep(saved.map((other) => ({ ...other, isDefault: other === one ? !one.isDefault : false })))
                }
              >
                {one.isDefault ? 'Default' : 'Make default'}
              </button>
              <button
                type="button"
                className="hit px-1.5 text-fg-3 hover:text-fg"
                aria-label={`Remove the scope ${one.name}`}
                onClick={() =>
                  void keep(
                    saved.filter((other) => other !== one),
                    saved,
                  )
                }
              >
                <Trash2 size={13} strokeWidth={1.6} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <form className="flex gap-2 border-line border-t p-3" onSubmit={add}>
        <div className="field flex-1">
          <input
            value={name}
            aria-label="Name of this scope"
            placeholder="Name of this scope"
            maxLength={SCOPE_NAME_LENGTH_MAX}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        <Button type="submit" disabled={name.trim() === ''}>
          Save
        </Button>
      </form>
    </div>
  );
}
