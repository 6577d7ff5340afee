'use client';

import { useEffect, useState } from 'react';
import type { JobView } from '@/lib/core/model/views.ts';
import { type Pace, type PaceSample, paceOf, withSample } from '../job-pace.ts';

/** How fast each phase goes that runs and knows its total, by name, from one look at the job to the next. */
export function useJobPace(job: JobView | undefined, lookedAt: number): ReadonlyMap<string, Pace> {
  const [samples, setSamples] = useState<ReadonlyMap<string, readonly PaceSample[]>>(new Map());
  useEffect(() => {
    if (job === undefined) return;
    setSamples(
      (known) =>
        new Map(
          countedIn(job).map(({ name, done }) => [name, withSample(known.get(name) ?? [], { at: lookedAt, done })]),
        ),
    );
  }, [job, lookedAt]);
  const paces = new Map<string, Pace>();
  for (const { name, total } of job === undefined ? [] : countedIn(job)) {
    const pace = paceOf(samples.get(name) ?? [], total ?? 0);
    if (pace !== null) paces.set(name, pace);
  }
  return paces;
}

function countedIn({ state, phases }: JobView): JobView['phases'] {
  return state === 'running' ? phases.filter((phase) => phase.state === 'running' && phase.total !== null) : [];
}
