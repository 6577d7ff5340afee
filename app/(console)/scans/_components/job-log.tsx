'use client';

import { useState } from 'react';
import { formatCount } from '@/components/format/format-count.ts';
import { formatClockSeconds } from '@/components/format/format-time.ts';
import { Button } from '@/components/ui/button.tsx';
import { Segmented } from '@/components/ui/segmented.tsx';
import type { JobLogLine } from '@/lib/core/model/views.ts';

const TONES = { info: '', warning: 'text-warn', error: 'text-danger' } as const satisfies Record<
  JobLogLine['level'],
  string
>;

interface Props {
  readonly jobId: string;
  readonly log: readonly JobLogLine[];
  readonly isLive: boolean;
}

/** The newest of what a job noted, or the errors in it; the file has all of it. */
export function JobLog({ jobId, log, isLive }: Props) {
  const [filter, setFilter] = useState<'all' | 'errors'>('all');
  const errors = log.filter(({ level }) => level === 'error');
  const shown = filter === 'errors' ? errors : log;
  return (
    <section className="panel-block flex min-h-[160px] flex-1 flex-col">
      <div className="mb-1.5 flex items-center gap-2 text-12">
        <h3 className="font-semibold">Log</h3>
        <span className="flex-1 text-fg-3">{isLive ? 'live' : ''}</span>
        {log.length > 0 ? (
          <>
            <Segmented
              label="Lines of the log"
              value={filter}
              options={[
                { value: 'all', label: 'All' },
                { value: 'errors', label: errors.length === 0 ? 'Errors' : `Errors ${formatCount(errors.length)}` },
              ]}
              onChange={setFilter}
            />
            <Button kind="ghost" onClick={() => window.location.assign(`/api/jobs/${jobId}/log`)}>
              Download
            </Button>
          </>
        ) : null}
      </div>
      {shown.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard (WCAG 2.1.1).
        <section className="log min-h-0 flex-1" tabIndex={0} aria-label="Log">
          {shown.map((line) => (
            <div key={`${line.at.toISOString()} ${line.text}`} className={TONES[line.level]}>
              {formatClockSeconds(line.at)} {line.text}
            </div>
          ))}
        </section>
      ) : (
        <p className="text-fg-3">{log.length > 0 ? 'No errors were logged.' : 'Nothing was logged.'}</p>
      )}
    </section>
  );
}
