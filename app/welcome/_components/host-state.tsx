import { CircleAlert, CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { formatAge } from '@/components/format/format-time.ts';
import type { SystemState } from '@/lib/core/model/system-state.ts';

const CLOCK_SECONDS_MAX = 60;
const DISK_BYTES_MIN = 1024 ** 3;

/** The state of the host Harrier runs on. */
export function HostState({ state, now }: { readonly state: SystemState; readonly now: Date }) {
  const { database, advisories, diskFreeBytes: disk, clockOffsetSeconds: clock } = state;
  const synced = advisories.syncedAt ? `, synced ${formatAge(now.getTime() - advisories.syncedAt.getTime())} ago` : '';
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-12">
      <Line label="Version" good={null}>
        {state.version}
      </Line>
      <Line label="Database" good={database !== null}>
        {database ? `ready, ${formatCounted(database.findings, 'finding')}` : 'does not answer'}
      </Line>
      <Line label="Advisories" good={advisories.records > 0}>
        {advisories.records > 0 ? `${formatCount(advisories.records)}${synced}` : 'none yet'}
      </Line>
      <Line label="Disk" good={disk !== null && disk > DISK_BYTES_MIN}>
        {disk === null ? 'not known' : `${(disk / 1024 ** 3).toFixed(0)} GB free`}
      </Line>
      <Line label="Clock" good={clock !== null && Math.abs(clock) < CLOCK_SECONDS_MAX}>
        {clock === null ? 'not known' : `UTC, ${Math.abs(clock).toFixed(1)} s off`}
      </Line>
    </dl>
  );
}

interface LineProps {
  readonly label: string;
  readonly good: boolean | null;
  readonly children: ReactNode;
}

function Line({ label, good, children }: LineProps) {
  const Icon = good ? CircleCheck : CircleAlert;
  return (
    <>
      <dt className="text-fg-2">{label}</dt>
      <dd className="flex items-center justify-end gap-1.5 text-right">
        {good === null ? null : (
          <Icon size={13} strokeWidth={1.6} className={good ? 'text-ok' : 'text-warn'} aria-hidden="true" />
        )}
        {children}
      </dd>
    </>
  );
}
