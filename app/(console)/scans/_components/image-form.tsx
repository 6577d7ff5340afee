'use client';

import Link from 'next/link';
import { ActionForm } from '@/components/ui/action-form.tsx';
import { SelectField } from '@/components/ui/select-field.tsx';
import { TextField } from '@/components/ui/text-field.tsx';
import { startImageScanAction } from '../../actions.ts';

const PLATFORMS = ['linux/amd64', 'linux/arm64'].map((platform) => ({ value: platform, label: platform }));

/** An image by its name in a registry. */
export function ImageForm({ onStarted }: { readonly onStarted: (jobId: string) => void }) {
  return (
    <ActionForm action={startImageScanAction} onDone={({ jobId }) => onStarted(jobId)} submitLabel="Scan the image">
      {(faults) => (
        <>
          <TextField
            label="Image"
            name="reference"
            placeholder="registry.example.com/team/app:1.4"
            autoComplete="off"
            spellCheck={false}
            hint={
              <>
                A private registry needs a sign-in under{' '}
                <Link href="/settings/registries" className="underline">
                  Settings, Registries
                </Link>
                .
              </>
            }
            error={faults.reference}
            required
          />
          <SelectField label="Platform" name="platform" options={PLATFORMS} error={faults.platform} />
        </>
      )}
    </ActionForm>
  );
}
