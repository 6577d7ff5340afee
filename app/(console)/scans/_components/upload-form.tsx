'use client';

import { type DragEvent, useRef, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { SelectField } from '@/components/ui/select-field.tsx';
import { TextField } from '@/components/ui/text-field.tsx';
import type { UploadKind } from '@/lib/core/model/upload.ts';
import { startUploadScanAction } from '../../actions.ts';
import { guessKind, KIND_LABELS } from './guess-kind.ts';
import { sendFile } from './send-file.ts';

const KINDS = Object.entries(KIND_LABELS).map(([value, label]) => ({ value, label }));

interface Chosen {
  readonly file: File;
  readonly kind: UploadKind;
  readonly name: string;
}

/** A file that is handed in: its content goes to the server and is gone once it was scanned. */
export function UploadForm({ onStarted }: { readonly onStarted: (jobId: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [sent, setSent] = useState<number | null>(null);
  const [fault, setFault] = useState('');

  function choose(file: File | undefined): void {
    if (file !== undefined) {
      setFault('');
      setChosen({ file, kind: guessKind(file.name), name: file.name });
    }
  }

  async function submit(): Promise<void> {
    if (chosen === null) {
      setFault('Choose a file first.');
      return;
    }
    setFault('');
    setSent(0);
    const upload = await sendFile(chosen.file, chosen, setSent);
    const started = upload.ok ? await startUploadScanAction({ uploadId: upload.id }) : upload;
    if (started.ok) onStarted(started.value.jobId);
    else setFault(started.message);
    setSent(null);
  }

  function drop(event: DragEvent): void {
    event.preventDefault();
    choose(event.dataTransfer.files[0]);
  }

  return (
    <form
      className="grid gap-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <fieldset
        className="grid justify-items-start gap-2 rounded-2 border border-line-strong border-dashed px-4 py-3"
        aria-label="File to scan"
        onDragOver={(event) => event.preventDefault()}
        onDrop={drop}
      >
        <input
          ref={input}
          type="file"
          className="vh"
          aria-label="File"
          onChange={(event) => choose(event.target.files?.[0])}
        />
        <span className="break-all">{chosen === null ? 'Drop a file here, or' : chosen.file.name}</span>
        <Button onClick={() => input.current?.click()}>{chosen === null ? 'Choose a file' : 'Choose another'}</Button>
        <span className="text-12 text-fg-3">
          An image of docker save or an OCI layout, a function’s zip, an SBOM, or an archive of sources; up to 4 GiB.
        </span>
      </fieldset>
      {chosen === null ? null : (
        <>
          <SelectField
            label="What it is"
            value={chosen.kind}
            options={KINDS}
            onChange={(event) => setChosen({ ...chosen, kind: event.target.value as UploadKind })}
          />
          <TextField
            label="Name"
            value={chosen.name}
            hint="A later file under the same name counts as a newer build: what it no longer has is closed."
            onChange={(event) => setChosen({ ...chosen, name: event.target.value })}
          />
        </>
      )}
      <p role="alert" className="text-danger empty:hidden">
        {fault}
      </p>
      <Button kind="primary" type="submit" className="justify-self-start" disabled={sent !== null}>
        {sent === null ? 'Scan the file' : `Sending, ${Math.floor(sent * 100)} %`}
      </Button>
    </form>
  );
}
