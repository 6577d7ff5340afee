import { Ban, CircleAlert, CircleCheck, CircleX, Clock, LoaderCircle } from 'lucide-react';
import type { JobState } from '@/lib/core/model/views.ts';

const LOOKS = {
  queued: { icon: Clock, tone: 'text-fg-3', word: 'Queued' },
  running: { icon: LoaderCircle, tone: 'text-accent turning', word: 'Running' },
  retrying: { icon: LoaderCircle, tone: 'text-warn turning', word: 'Trying again' },
  done: { icon: CircleCheck, tone: 'text-ok', word: 'Done' },
  partial: { icon: CircleAlert, tone: 'text-warn', word: 'Partial' },
  failed: { icon: CircleX, tone: 'text-danger', word: 'Failed' },
  cancelled: { icon: Ban, tone: 'text-fg-3', word: 'Cancelled' },
} as const satisfies Record<JobState, unknown>;

export function JobStateIcon({ state }: { readonly state: JobState }) {
  const { icon: Icon, tone, word } = LOOKS[state];
  return <Icon size={14} strokeWidth={1.6} className={tone} role="img" aria-label={word} />;
}

export function jobStateWord(state: JobState): string {
  return LOOKS[state].word;
}
