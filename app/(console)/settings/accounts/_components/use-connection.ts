'use client';

import { useState, useTransition } from 'react';
import { showToast } from '@/components/ui/toast-queue.ts';
import { checkConnectionAction, saveConnectionAction } from '../actions.ts';
import type { Connection } from '../connection.ts';
import { type Draft, draftOf, type Faults, inputOf, isSaved } from '../connection-draft.ts';
import { useFollowedJob } from './use-followed-job.ts';
import type { WizardProps } from './wizard.tsx';

interface Failure {
  readonly message: string;
  readonly fields: Faults;
}

interface Options {
  readonly connection: Connection | null;
  readonly defaults: WizardProps['defaults'];
  readonly onSaved: (id: string) => void;
  readonly onFailed: (fields: Faults) => void;
}

/** What is typed of a connection, what of it is kept, and the job that checks it. */
export function useConnection({ connection, defaults, onSaved, onFailed }: Options) {
  const [draft, setDraft] = useState(() => draftOf(connection, defaults));
  const [kept, setKept] = useState<{ readonly id: string; readonly draft: Draft } | null>(() =>
    connection === null ? null : { id: connection.id, draft: draftOf(connection, defaults) },
  );
  const [failure, setFailure] = useState<Failure | null>(null);
  const [pending, startTransition] = useTransition();
  const { follow, isRunning, job } = useFollowedJob();
  const isKept = isSaved(draft, kept?.draft ?? null);

  function save(): void {
    const sent = draft;
    startTransition(async () => {
      const result = await saveConnectionAction(inputOf(sent, kept?.id ?? ''));
      if (!result.ok) {
        setFailure(result);
        onFailed(result.fields);
        return;
      }
      const { id, jobId } = result.value;
      setFailure(null);
      setKept({ id, draft: sent });
      onSaved(id);
      window.history.replaceState(null, '', `/settings/accounts?sel=${id}`);
      follow(jobId);
    });
  }

  function checkAgain(id: string): void {
    startTransition(async () => {
      const result = await checkConnectionAction({ id });
      if (result.ok) follow(result.value.jobId);
      else showToast(result.message, { error: true });
    });
  }

  return {
    draft,
    change: (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part })),
    id: kept?.id ?? null,
    isKept,
    faults: failure?.fields ?? {},
    message: failure?.message ?? null,
    isBusy: pending || isRunning,
    isChecking: isRunning,
    job,
    /** Keeps what is typed where it differs, and checks it in any case. */
    saveAndCheck: () => (isKept && kept !== null ? checkAgain(kept.id) : save()),
  };
}
