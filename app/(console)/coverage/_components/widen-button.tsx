'use client';

import { Power } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import type { DiscoveredService } from '@/lib/core/model/cloud.ts';
import { widenScanPolicyAction } from '../actions.ts';

/** What a change reaches, as far as it is known. */
export interface NamedReach {
  readonly by: 'account' | 'region';
  readonly resources: number;
  readonly places: number;
  readonly named: readonly { readonly place: string; readonly name: string; readonly resources: number }[];
}

interface Props {
  readonly label: string;
  readonly title: string;
  readonly change: { readonly scans: readonly DiscoveredService[] } | { readonly snapshots: true };
  readonly reach: NamedReach;
  readonly note: string;
  /** Said when it is done. */
  readonly done: string;
  /** In the head of the page, where a small screen has room for its icon alone. */
  readonly isHead?: boolean;
}

/** Widens what is scanned, after it has said what that reaches. */
export function WidenButton({ label, title, change, reach, note, done, isHead = false }: Props) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const [pending, startTransition] = useTransition();

  function widen(): void {
    startTransition(async () => {
      const result = await widenScanPolicyAction(change);
      if (!result.ok) {
        showToast(result.message, { error: true });
        return;
      }
      showToast(
        `${done} ${result.value.jobId === null ? 'No account is connected yet.' : 'The estate is judged anew.'}`,
      );
      setIsOpen(false);
      router.refresh();
    });
  }

  return (
    <>
      <Button kind="primary" aria-label={label} onClick={() => setIsOpen(true)}>
        {isHead ? <Power size={14} strokeWidth={1.6} aria-hidden="true" /> : null}
        <span className={isHead ? 'max-sm:hidden' : undefined}>{label}</span>
      </Button>
      <Dialog
        title={title}
        description="It holds in every account and region, also outside this scope."
        open={isOpen}
        onOpenChange={setIsOpen}
      >
        <Reach reach={reach} />
        <p className="mt-3 text-fg-2">{note}</p>
        <p className="mt-2 text-12 text-fg-3">
          It is switched off again under{' '}
          <Link className="text-accent underline" href="/settings/scanning">
            Settings, Scanning
          </Link>
          .
        </p>
        <div className="mt-4 flex gap-2">
          <Button kind="primary" disabled={pending} onClick={widen}>
            {pending ? 'Switching on' : 'Switch on everywhere'}
          </Button>
          <Button kind="ghost" onClick={() => setIsOpen(false)}>
            Leave as it is
          </Button>
        </div>
      </Dialog>
    </>
  );
}

function Reach({ reach: { by, resources, places, named } }: { readonly reach: NamedReach }) {
  if (resources === 0) return <p>No resource that is known in this scope is affected; those found later are.</p>;
  return (
    <>
      <p className="font-medium">
        {formatCounted(resources, 'resource')} in {formatCounted(places, by)} of this scope
      </p>
      <ul className="mt-1 grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-1">
        {named.map(({ place, name, resources: count }) => (
          <li key={place} className="contents">
            <span className="truncate text-fg-2" title={place}>
              <bdi>{name}</bdi>
            </span>
            <span className="num">{formatCount(count)}</span>
          </li>
        ))}
      </ul>
      {places > named.length ? (
        <p className="mt-1 text-12 text-fg-3">
          and {formatCount(places - named.length)} more {places - named.length === 1 ? by : `${by}s`}
        </p>
      ) : null}
    </>
  );
}
