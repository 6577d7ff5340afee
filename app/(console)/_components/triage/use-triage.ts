'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { showToast } from '@/components/ui/toast-queue.ts';
import type { Scope } from '@/lib/core/model/scope.ts';
import type { FindingRow } from '@/lib/core/model/views.ts';
import type { TriageAct } from './triage-act.ts';

/** A finding as far as an act has to know it. */
export type TriagedRow = Pick<FindingRow, 'id' | 'version' | 'vulnerabilityId' | 'resourceName'>;

/** What an act is about: rows as they were seen, or whatever a query finds. */
export type TriageTarget = (
  | { readonly kind: 'rows'; readonly rows: readonly TriagedRow[] }
  | { readonly kind: 'query'; readonly scope: Scope; readonly query: string; readonly count: number }
) & {
  /** After the act was taken back; for pages whose rows do not follow by themselves. */
  readonly onUndone?: () => void;
};

/** Does an act; its code comes with the first one. Whether any finding was changed. */
export function useTriage(): (target: TriageTarget, act: TriageAct) => Promise<boolean> {
  const client = useQueryClient();
  return useCallback(
    async (target, act) => {
      const code = await import('./run-act.ts').catch(() => null);
      if (code !== null) return code.runAct(client, target, act, crypto.randomUUID());
      showToast('The server did not answer; nothing has changed. Try again.', { error: true });
      return false;
    },
    [client],
  );
}
