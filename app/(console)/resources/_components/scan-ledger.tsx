import { CircleCheck, CircleDashed, CircleHelp, CircleX, type LucideIcon } from 'lucide-react';
import { formatCounted } from '@/components/format/format-count.ts';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import type { ResourceDetail } from '@/lib/core/model/views.ts';

type State = 'scanned' | 'denied' | 'unknown' | 'not-assessed';

interface Part {
  readonly name: string;
  readonly state: State;
  readonly detail: string;
  readonly at: Date | null;
}

const ICONS: Readonly<Record<State, LucideIcon>> = {
  scanned: CircleCheck,
  denied: CircleX,
  unknown: CircleHelp,
  'not-assessed': CircleDashed,
};
const TONES: Readonly<Record<State, string>> = {
  scanned: 'text-ok',
  denied: 'text-danger',
  unknown: 'text-warn',
  'not-assessed': 'text-fg-3',
};
const WORDS: Readonly<Record<State, string>> = {
  scanned: 'Scanned',
  denied: 'Failed',
  unknown: 'Not known',
  'not-assessed': 'Not assessed',
};

/** Every part of the resource, as scanned or not and why; what is not is never counted as clean. */
export function ScanLedger({ resource, now }: { readonly resource: ResourceDetail; readonly now: Date }) {
  const parts = partsOf(resource);
  const done = parts.filter(({ state }) => state === 'scanned').length;
  return (
    <section className="panel-block">
      <h3>
        What is scanned{' '}
        <span>
          {done === 1 ? '1 part is' : `${done} parts are`},{' '}
          {parts.length - done === 1 ? '1 is' : `${parts.length - done} are`} not
        </span>
      </h3>
      <ul>
        {parts.map(({ name, state, detail, at }) => {
          const Icon = ICONS[state];
          return (
            <li key={name} className="flex gap-2 border-line border-b py-[7px] last:border-0">
              <Icon size={14} strokeWidth={1.6} className={`mt-[3px] flex-none ${TONES[state]}`} aria-hidden="true" />
              <span className="min-w-0 flex-1">
                <span className="font-medium">{name}</span>
                <span className="vh">, {WORDS[state]}</span>
                {detail === '' ? null : <bdi className="block break-words text-12 text-fg-2">{detail}</bdi>}
              </span>
              {at === null ? null : (
                <span className="flex-none text-12 text-fg-3">
                  <Timestamp time={at} now={now} />
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function networkPart(exposure: ResourceDetail['exposure']): Part {
  const name = 'Network reach';
  if (exposure === null) {
    return { name, state: 'not-assessed', detail: 'Nobody has looked at the network paths to it yet.', at: null };
  }
  const { at, reason } = exposure;
  return { name, state: reason === null ? 'scanned' : 'unknown', detail: reason ?? '', at };
}

function partsOf({
  lastScan,
  packages,
  advisoryStates,
  undecidable,
  diagnostics,
  kind,
  exposure,
}: ResourceDetail): readonly Part[] {
  const ended = lastScan?.endedAt ?? null;
  const missing = advisoryStates.filter(({ state }) => state !== 'fresh');
  return [
    packagePart(),
    ...missing.map(
      ({ ecosystem, packages: count, state }): Part => ({
        name: `Advisories of ${ecosystem}`,
        state: 'unknown',
        detail:
          state === 'missing'
            ? `${formatCounted(count, 'package')} compared with nothing. Sync the feed of ${ecosystem}.`
            : `${formatCounted(count, 'package')} compared with advisories that are out of date. Sync the feed.`,
        at: ended,
      }),
    ),
    ...(undecidable > 0
      ? [
          {
            name: formatCounted(undecidable, 'package that could not be judged', 'packages that could not be judged'),
            state: 'unknown' as const,
            detail: 'Their versions or names cannot be compared; what the scan noticed says which.',
            at: ended,
          },
        ]
      : []),
    ...(diagnostics.length > 0
      ? [
          {
            name: formatCounted(diagnostics.length, 'note of the scan', 'notes of the scan'),
            state: 'unknown' as const,
            detail: 'Under Configuration: files that could not be read in full, and what was left out.',
            at: ended,
          },
        ]
      : []),
    networkPart(exposure),
    ...(kind === 'ec2' || kind === 'host'
      ? [{ name: 'CIS benchmark', state: 'not-assessed' as const, detail: 'No benchmark is run yet.', at: null }]
      : []),
    ...(kind === 'lambda' || kind === 'function'
      ? [{ name: 'Code', state: 'not-assessed' as const, detail: 'Its own code is not scanned yet.', at: null }]
      : []),
  ];

  function packagePart(): Part {
    if (lastScan === null || packages === null) {
      return { name: 'Packages', state: 'unknown', detail: 'No scan has ever read them.', at: null };
    }
    if (lastScan.outcome === 'complete') {
      return { name: 'Packages', state: 'scanned', detail: formatCounted(packages, 'package'), at: ended };
    }
    return {
      name: 'Packages',
      state: lastScan.outcome === 'failed' ? 'denied' : 'unknown',
      detail: lastScan.reason ?? `The last scan was ${lastScan.outcome}.`,
      at: ended,
    };
  }
}
