'use client';

import Link from 'next/link';
import { useId, useState, useTransition } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { TextField } from '@/components/ui/text-field.tsx';
import { startImageScanAction } from '../../actions.ts';

const PLATFORMS = ['linux/amd64', 'linux/arm64'];

/** An image by its name in a registry. */
export function ImageForm({ onStarted }: { readonly onStarted: (jobId: string) => void }) {
  const platformId = useId();
  const [failure, setFailure] = useState<{ message: string; fields: Readonly<Record<string, string>> } | null>(null);
  const [pending, startTransition] = useTransition();
  const fields = failure?.fields ?? {};

  function submit(form: FormData): void {
    startTransition(async () => {
      const result = await startImageScanAction(form);
      if (result.ok) onStarted(result.value.jobId);
      else setFailure(result);
    });
  }

  return (
    <form
      className="grid gap-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit(new FormData(event.currentTarget));
      }}
    >
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
        error={fields.reference}
        required
      />
      <div className="grid gap-1.5">
        <label htmlFor={platformId} className="font-medium">
          Platform
        </label>
        <select
          id={platformId}
          name="platform"
          defaultValue={PLATFORMS[0]}
          className="h-11 rounded-2 border border-line-strong bg-canvas px-2 sm:h-8"
        >
          {PLATFORMS.map((platform) => (
            <option key={platform}>{platform}</option>
          ))}
        </select>
      </div>
      <p role="alert" className="text-danger empty:hidden">
        {failure !== null && Object.keys(fields).length === 0 ? failure.message : ''}
      </p>
      <Button kind="primary" type="submit" className="justify-self-start" disabled={pending}>
        {pending ? 'Starting' : 'Scan the image'}
      </Button>
    </form>
  );
}
