'use client';

import { FlaskConical, type LucideIcon, MonitorCheck } from 'lucide-react';
import { useState, useTransition } from 'react';
import { ErrorState } from '@/components/ui/block-state.tsx';
import { Button, ButtonLink } from '@/components/ui/button.tsx';
import { loadSampleAction, startHostScanAction } from '../../(console)/actions.ts';
import { rememberFirstRun, useFirstRun } from './first-run.ts';
import { FirstRunProgress } from './first-run-progress.tsx';

interface Source {
  readonly id: 'host' | 'sample';
  readonly title: string;
  readonly note: string;
  readonly time: string;
  readonly reach: string;
  readonly reachNote: string;
  readonly icon: LucideIcon;
  readonly reads: readonly string[];
}

const SOURCES: readonly Source[] = [
  {
    id: 'host',
    title: 'This machine',
    note: 'Reads the packages installed on the host that Harrier runs on.',
    time: '1 min',
    reach: '1 host',
    reachNote: 'no cost',
    icon: MonitorCheck,
    reads: [
      'The package database of the system',
      'Packages of languages, and programs that carry theirs',
      'Nothing is run, changed or sent out',
    ],
  },
  {
    id: 'sample',
    title: 'Sample estate',
    note: 'Loads a made-up organisation and scans it with the real engine. Marked on every page, gone in one act.',
    time: '20 s',
    reach: 'no access',
    reachNote: 'needed',
    icon: FlaskConical,
    reads: [
      'Accounts, instances, images and functions made by this project',
      'Thirteen weeks of scans, so that trends have a past',
      'Advisories written from public facts',
    ],
  },
];

interface Props {
  readonly mayScan: boolean;
  readonly hasAdvisories: boolean;
}

/** Where to look first, what that reads, and how it goes. */
export function SourceChoice({ mayScan, hasAdvisories }: Props) {
  const [picked, setPicked] = useState<Source['id']>('host');
  const started = useFirstRun();
  const [failure, setFailure] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const source = SOURCES.find((one) => one.id === picked);

  function begin() {
    setFailure(null);
    startTransition(async () => {
      if (picked === 'host') {
        const result = await startHostScanAction({});
        if (!result.ok) return setFailure(result.message);
        const { feedJobId, jobId } = result.value;
        rememberFirstRun({ source: picked, jobs: feedJobId ? [feedJobId, jobId] : [jobId] });
      } else {
        const result = await loadSampleAction({});
        if (!result.ok) return setFailure(result.message);
        rememberFirstRun({ source: picked, jobs: [result.value.jobId] });
      }
    });
  }

  if (started) return <FirstRunProgress started={started} />;
  return (
    <div className="grid lg:grid-cols-[minmax(0,1fr)_420px]">
      <main className="px-6 py-7 sm:px-10">
        <div className="mx-auto max-w-[620px]">
          <h1 className="title-20">Where should Harrier look first?</h1>
          <p className="mt-0.5 text-fg-2">
            Each choice leads to a real finding. Nothing is changed in your systems, and nothing is sent out.
          </p>
          <fieldset className="mt-4 border-line border-t">
            <legend className="vh">First source</legend>
            {SOURCES.map((one) => (
              <SourceRow key={one.id} source={one} checked={picked === one.id} onPick={() => setPicked(one.id)} />
            ))}
          </fieldset>
        </div>
      </main>
      <section
        className="flex flex-col border-line border-l max-lg:border-t max-lg:border-l-0"
        aria-label="Chosen source"
      >
        <div className="flex-1 px-6 py-7">
          <h2 className="font-semibold text-16">{source?.title}</h2>
          <p className="mt-1 text-fg-2">{source?.note}</p>
          <h3 className="mt-5 border-line border-t pt-3 font-semibold text-12">What is read</h3>
          <ul className="mt-1.5 grid gap-1.5">
            {source?.reads.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
          {picked === 'host' && !hasAdvisories ? (
            <p className="mt-5 border-line border-t pt-3 text-fg-2">
              There are no advisories on this machine yet, so they are brought in first. A scan without them could prove
              nothing.
            </p>
          ) : null}
          {failure ? (
            <div className="mt-5">
              <ErrorState title="It did not start" message={failure} onRetry={begin} />
            </div>
          ) : null}
        </div>
        <div className="flex items-center gap-2 border-line border-t px-6 py-3.5">
          <Button
            kind="primary"
            onClick={begin}
            disabled={pending || !mayScan}
            title={mayScan ? undefined : 'Your role may not run scans; an administrator can change it.'}
          >
            {picked === 'host' ? 'Scan this machine' : 'Load the sample estate'}
          </Button>
          <span className="flex-1" />
          <ButtonLink kind="ghost" href="/overview">
            Skip
          </ButtonLink>
        </div>
      </section>
    </div>
  );
}

interface RowProps {
  readonly source: Source;
  readonly checked: boolean;
  readonly onPick: () => void;
}

function SourceRow({ source, checked, onPick }: RowProps) {
  const Icon = source.icon;
  return (
    <label
      className={`grid cursor-pointer grid-cols-[14px_18px_minmax(0,1fr)] gap-x-3.5 border-line border-b px-3 py-4 sm:grid-cols-[14px_18px_minmax(0,1fr)_86px_86px] ${checked ? 'bg-selected shadow-[inset_2px_0_0_var(--accent)]' : 'hover:bg-hover'}`}
    >
      <input type="radio" name="source" checked={checked} onChange={onPick} className="mt-1 self-start accent-accent" />
      <Icon size={17} strokeWidth={1.6} className="mt-0.5 text-fg-2" aria-hidden="true" />
      <span>
        <span className="block font-semibold text-14">{source.title}</span>
        <span className="mt-0.5 block text-fg-2">{source.note}</span>
      </span>
      <span className="text-right max-sm:col-start-3 max-sm:text-left">
        <span className="block font-medium">{source.time}</span>
        <span className="text-12 text-fg-3">to first finding</span>
      </span>
      <span className="text-right max-sm:hidden">
        <span className="block font-medium">{source.reach}</span>
        <span className="text-12 text-fg-3">{source.reachNote}</span>
      </span>
    </label>
  );
}
