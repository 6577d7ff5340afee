'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { CheckRow } from '@/components/ui/check-row.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { TextField } from '@/components/ui/text-field.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import { type SavedView, VIEW_NAME_LENGTH_MAX } from '@/lib/core/model/personal.ts';
import { changeSavedViewAction, createSavedViewAction, setSavedViewRemovedAction } from '../actions.ts';

interface Props {
  /** Null: a new one is saved. */
  readonly view: SavedView | null;
  readonly query: string;
  readonly grouping: string | null;
  readonly sort: string | null;
  readonly mayShare: boolean;
  readonly onClose: () => void;
}

const LOST = 'The server did not answer. Nothing was saved; try again.';

/** Keeps the list as it is now under a name, or renames, shares or removes a view of one's own. */
export function ViewDialog({ view, query, grouping, sort, mayShare, onClose }: Props) {
  const router = useRouter();
  const [name, setName] = useState(view?.name ?? '');
  const [shared, setShared] = useState(view?.shared ?? false);
  const [error, setError] = useState<string | null>(null);

  async function save(event: FormEvent) {
    event.preventDefault();
    const content = { name, query, grouping, sort, columns: view?.columns ?? null, shared };
    const result = await (view === null
      ? createSavedViewAction(content)
      : changeSavedViewAction({ id: view.id, ...content })
    ).catch(() => null);
    if (result?.ok !== true) {
      setError(result?.fields.name ?? result?.message ?? LOST);
      return;
    }
    onClose();
    router.refresh();
  }

  async function remove(id: string, removed: boolean) {
    const result = await setSavedViewRemovedAction({ id, removed }).catch(() => null);
    if (result?.ok !== true) {
      showToast(result?.message ?? LOST, { error: true });
      return;
    }
    onClose();
    router.refresh();
    if (removed) showToast(`View ${name} removed`, { undo: () => void remove(id, false) });
  }

  return (
    <Dialog
      title={view === null ? 'Save this view' : 'Change this view'}
      description="The query, its grouping and its order."
      open
      onOpenChange={onClose}
    >
      <form className="grid gap-4" onSubmit={(event) => void save(event)}>
        <TextField
          label="Name"
          name="name"
          value={name}
          maxLength={VIEW_NAME_LENGTH_MAX}
          required
          error={error ?? undefined}
          onChange={(event) => {
            setName(event.target.value);
            setError(null);
          }}
        />
        <div className="text-12 text-fg-3">
          <code className="break-all">{query}</code>
        </div>
        <CheckRow className="flex items-center gap-2" checked={shared} disabled={!mayShare} onChange={setShared}>
          Share with everybody; each sees it within their own accounts
          {mayShare ? '' : '. Your role may not share; an administrator can change it'}
        </CheckRow>
        <div className="flex gap-2">
          <Button kind="primary" type="submit">
            Save
          </Button>
          {view === null ? null : (
            <Button kind="ghost" onClick={() => void remove(view.id, true)}>
              Remove
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
