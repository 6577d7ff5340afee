import type { JobLogLine, JobState, JobView } from '@/lib/core/model/views.ts';

/** One job with its log, as the console asks for it again and again. */
export interface JobProgress {
  readonly job: JobView;
  readonly log: readonly JobLogLine[];
}

const ENDED: readonly JobState[] = ['done', 'partial', 'failed', 'cancelled'];

export function hasEnded(state: JobState): boolean {
  return ENDED.includes(state);
}

interface JobWire {
  readonly job: Omit<JobView, 'createdAt' | 'startedAt' | 'endedAt'> & {
    readonly createdAt: string;
    readonly startedAt: string | null;
    readonly endedAt: string | null;
  };
  readonly log: readonly (Omit<JobLogLine, 'at'> & { readonly at: string })[];
}

export async function fetchJob(id: string, signal: AbortSignal): Promise<JobProgress> {
  const answer = await fetch(`/api/jobs/${encodeURIComponent(id)}`, { signal });
  if (!answer.ok) throw new Error(`job answered ${answer.status}`);
  const { job, log } = (await answer.json()) as JobWire;
  return {
    job: {
      ...job,
      createdAt: new Date(job.createdAt),
      startedAt: dateOrNull(job.startedAt),
      endedAt: dateOrNull(job.endedAt),
    },
    log: log.map((line) => ({ ...line, at: new Date(line.at) })),
  };
}

function dateOrNull(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
