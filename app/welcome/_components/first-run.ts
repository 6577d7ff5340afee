'use client';

import { useSearchParams } from 'next/navigation';

/** What the person started in first-run. It lives in the address, so that a reload shows the same work again. */
export interface FirstRun {
  readonly source: 'host' | 'sample';
  /** The last one is the scan itself; what it waits for comes before it. */
  readonly jobs: readonly string[];
}

const JOBS_MAX = 2;

export function useFirstRun(): FirstRun | null {
  const values = useSearchParams();
  const jobs = (values.get('jobs') ?? '').split(',').filter((id) => /^[\da-f-]{36}$/.test(id));
  if (jobs.length === 0) return null;
  return { source: values.get('source') === 'sample' ? 'sample' : 'host', jobs: jobs.slice(0, JOBS_MAX) };
}

export function rememberFirstRun({ source, jobs }: FirstRun): void {
  window.history.replaceState(null, '', `/welcome?source=${source}&jobs=${jobs.join(',')}`);
}
