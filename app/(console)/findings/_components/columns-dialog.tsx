'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { CheckRow } from '@/components/ui/check-row.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Segmented } from '@/components/ui/segmented.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import { DEFAULT_PREFERENCES, DENSITIES, FINDING_COLUMNS, type Preferences } from '@/lib/core/model/personal.ts';
import { savePreferencesAction } from '../actions.ts';
import { COLUMNS } from './columns.tsx';

interface Props {
  readonly preferences: Preferences;
  readonly onClose: () => void;
}

const DENSITY_WORDS = { default: 'Default', compact: 'Compact' } as const;

/** Which columns the list has, and how high its rows are: kept for the person, in every browser. */
export function ColumnsDialog({ preferences, onClose }: Props) {
  const router = useRouter();
  const [columns, setColumns] = useState(preferences.columns);
  const [density, setDensity] = useState(preferences.density);

  async function save() {
    const result = await savePreferencesAction({ columns, density }).catch(() => null);
    if (result?.ok !== true) {
      showToast(result?.message ?? 'The server did not answer; your choice is still here. Save again.', {
        error: true,
      });
      return;
    }
    onClose();
    router.refresh();
  }

  return (
    <Dialog title="Columns and density" description="Kept for you, in every browser." open onOpenChange={onClose}>
      <div className="grid gap-4">
        <fieldset className="grid grid-cols-2 gap-x-6 gap-y-1.5" aria-label="Columns">
          {FINDING_COLUMNS.map((column) => (
            <CheckRow
              key={column}
              className="flex items-center gap-2"
              checked={columns.includes(column)}
              onChange={(on) =>
                setColumns(FINDING_COLUMNS.filter((one) => (one === column ? on : columns.includes(one))))
              }
            >
              {COLUMNS[column].label}
            </CheckRow>
          ))}
        </fieldset>
        <Segmented
          label="Density"
          value={density}
          options={DENSITIES.map((value) => ({ value, label: DENSITY_WORDS[value] }))}
          onChange={setDensity}
        />
        <div className="flex gap-2">
          <Button kind="primary" onClick={() => void save()}>
            Save
          </Button>
          <Button
            kind="ghost"
            onClick={() => {
              setColumns(DEFAULT_PREFERENCES.columns);
              setDensity(DEFAULT_PREFERENCES.density);
            }}
          >
            Usual columns
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
