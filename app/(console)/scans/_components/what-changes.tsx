import { TriangleAlert } from 'lucide-react';
import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import type { PreviewState } from './use-target-preview.ts';

/** What a rule that is being changed would do to its target, before it is kept. */
export function WhatChanges({ preview, isBehind, schedules }: PreviewState & { readonly schedules: number }) {
  const change = preview?.change ?? null;
  if (preview === null || change === null) return null;
  const { before, joining, leaving } = change;
  if (joining === 0 && leaving === 0) return null;
  return (
    <section className={isBehind ? 'opacity-60' : undefined} aria-label="What changes">
      <h3 className="mb-1 font-semibold text-12">What changes</h3>
      <dl className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-0.5">
        <dt className="text-fg-2">Resources</dt>
        <dd className="num">
          <span className="text-fg-2">{formatCount(before)} →</span> <b>{formatCount(preview.resources)}</b>
        </dd>
        <dt className="text-fg-2">Join it</dt>
        <dd className="num">{formatCount(joining)}</dd>
        <dt className="text-fg-2">Leave it</dt>
        <dd className="num">{formatCount(leaving)}</dd>
        <dt className="text-fg-2">Schedules that use it</dt>
        <dd className="num">{formatCount(schedules)}</dd>
      </dl>
      {leaving > 0 && schedules > 0 ? (
        <p className="mt-1 flex gap-1.5 text-12 text-warn">
          <TriangleAlert size={14} strokeWidth={1.6} className="mt-0.5 flex-none" aria-hidden="true" />
          <span>
            {formatCounted(leaving, 'resource')} {leaving === 1 ? 'is' : 'are'} no longer scanned at its times, only
            once a day with everything else.
          </span>
        </p>
      ) : null}
    </section>
  );
}
