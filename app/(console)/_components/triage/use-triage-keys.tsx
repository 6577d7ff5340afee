'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { addressWith } from '@/components/layout/search-params.ts';
import { holdShortcuts, onShortcut } from '@/components/layout/shortcuts.ts';
import { showToast } from '@/components/ui/toast-queue.ts';
import { NO_PROPOSE, NO_TRIAGE, type TriageRights } from './rights.ts';
import type { TriageAct } from './triage-act.ts';
import type { TriageDialogKind } from './triage-dialog.tsx';
import { type TriageTarget, useTriage } from './use-triage.ts';

const load = () => import('./triage-dialog.tsx').then((module) => module.TriageDialog);
const TriageDialog = dynamic(load, { ssr: false });

/** A dialog that has not shown so long after its code came gives the keys back. */
const OPENING_MS_MAX = 500;

interface OpenDialog {
  readonly kind: TriageDialogKind;
  readonly target: TriageTarget;
  readonly onShown: () => void;
}

interface Props {
  readonly rights: TriageRights;
  readonly now: Date;
  /** What an act is about at this moment; null where nothing is current. */
  readonly target: () => TriageTarget | null;
  /** The query that a rule about the target begins with. */
  readonly ruleQuery: () => string;
  /** After an act that changed something. */
  readonly onDone?: () => void;
}

export interface Triage {
  /** Begins an act: asks whom, what or until when. */
  readonly begin: (kind: TriageDialogKind) => void;
  readonly act: (act: TriageAct) => void;
  readonly suppress: () => void;
  readonly dialog: ReactNode;
}

/** The keys A, S, E, H and ⇧X, and what they open. */
export function useTriageKeys(props: Props): Triage {
  const router = useRouter();
  const run = useTriage();
  const [open, setOpen] = useState<OpenDialog | null>(null);
  const latest = useRef(props);
  latest.current = props;

  function allowed(): TriageTarget | null {
    if (!latest.current.rights.triage) {
      showToast(NO_TRIAGE, { error: true });
      return null;
    }
    return latest.current.target();
  }

  function begin(kind: TriageDialogKind) {
    const target = allowed();
    if (!target) return;
    // What is typed before the dialog is there must not act on the list; what is typed after it closed must.
    const shown = Promise.withResolvers<void>();
    holdShortcuts(
      load().then(() => {
        setTimeout(shown.resolve, OPENING_MS_MAX);
        return shown.promise;
      }),
    );
    setOpen({ kind, target, onShown: shown.resolve });
  }

  async function perform(target: TriageTarget, act: TriageAct) {
    setOpen(null);
    if (await run(target, act)) latest.current.onDone?.();
  }

  function act(wanted: TriageAct) {
    const target = allowed();
    if (target) void perform(target, wanted);
  }

  function suppress() {
    const { rights, ruleQuery, target } = latest.current;
    if (!rights.propose) showToast(NO_PROPOSE, { error: true });
    else if (target() !== null) router.push(`${addressWith('/suppression', { q: ruleQuery() })}&new=1`);
  }

  const acts = useRef({ begin, act, suppress });
  acts.current = { begin, act, suppress };
  useEffect(() => {
    const stops = [
      onShortcut('a', () => acts.current.begin('assign')),
      onShortcut('s', () => acts.current.begin('status')),
      onShortcut('h', () => acts.current.begin('snooze')),
      onShortcut('e', () => acts.current.act({ kind: 'status', status: 'awaiting-rescan', reason: null, until: null })),
      onShortcut('shift+x', () => acts.current.suppress()),
    ];
    // The code of the dialogs comes with the first sign of a reader, so that it is there before an act and no part of the page.
    const gone = new AbortController();
    for (const sign of ['keydown', 'pointermove', 'pointerdown']) {
      window.addEventListener(sign, () => void load(), { once: true, signal: gone.signal });
    }
    return () => {
      gone.abort();
      for (const stop of stops) stop();
    };
  }, []);

  const dialog =
    open === null ? null : (
      <TriageDialog
        kind={open.kind}
        about={aboutOf(open.target)}
        rights={props.rights}
        now={props.now}
        onShown={open.onShown}
        onAct={(wanted) => void perform(open.target, wanted)}
        onClose={() => setOpen(null)}
      />
    );
  return { begin, act, suppress, dialog };
}

function aboutOf(target: TriageTarget): { readonly count: number; readonly name: string | null } {
  if (target.kind === 'query') return { count: target.count, name: null };
  const [row, ...others] = target.rows;
  const name = row && others.length === 0 ? `${row.vulnerabilityId} on ${row.resourceName}` : null;
  return { count: target.rows.length, name };
}
