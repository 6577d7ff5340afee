'use client';

import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { fetchJob, hasEnded, type JobProgress } from './job-wire.ts';

const POLL_MILLISECONDS = 500;

/** A job's progress, asked for twice a second until it has ended. */
export function useJobProgress(id: string | null): UseQueryResult<JobProgress> {
  return useQuery({
    queryKey: ['job', id],
    enabled: id !== null,
    queryFn: ({ signal }) => fetchJob(id ?? '', signal),
    refetchInterval: ({ state }) => (state.data && hasEnded(state.data.job.state) ? false : POLL_MILLISECONDS),
    refetchIntervalInBackground: true,
    retry: 10,
  });
}
