import type { ReactNode } from 'react';
import type { Guidance, GuidanceStep, GuidanceWay } from '@/lib/core/model/guidance.ts';
import { CommandBlock } from '../ui/command-block.tsx';

interface Props {
  readonly guidance: Guidance;
  readonly rescan: ReactNode;
}

/** Numbered steps that end the finding; a package without a fixed version is named, never left out. */
export function FixSteps({ guidance: { steps, restart, notes, unfixed, workarounds, references }, rescan }: Props) {
  return (
    <>
      {steps.length > 0 ? (
        <ol className="steps">
          {steps.map((step) => (
            <Step key={`${step.text} ${step.ways[0]?.command}`} step={step} />
          ))}
          {restart === null ? null : <li>{restart.text}</li>}
          <li>
            Scan the resource again; the finding closes when it is no longer seen
            {rescan ? <div className="mt-1.5">{rescan}</div> : null}
          </li>
        </ol>
      ) : null}
      {notes.map((note) => (
        <p key={note} className="mt-2 text-fg-2">
          {note}
        </p>
      ))}
      {unfixed.length > 0 ? (
        <div className={`text-fg-2 ${steps.length > 0 ? 'mt-2' : ''}`}>
          <p>
            No fixed version is published for {unfixed.slice(0, 5).join(', ')}
            {unfixed.length > 5 ? ` and ${unfixed.length - 5} more` : ''}. Until there is one:
          </p>
          <ul className="mt-1 list-disc pl-5">
            {workarounds.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </div>
      ) : null}
      <References addresses={references} />
    </>
  );
}

function Step({ step: { text, detail, ways } }: { readonly step: GuidanceStep }) {
  return (
    <li>
      {text}
      {detail === null ? null : <p className="text-12 text-fg-3">{detail}</p>}
      {ways.map((way) => (
        <Way key={JSON.stringify(way)} way={way} />
      ))}
    </li>
  );
}

function Way({ way: { label, edit, command } }: { readonly way: GuidanceWay }) {
  return (
    <div className="mt-[5px]">
      {label === null ? null : (
        <p className="text-12 text-fg-2">
          <bdi>{label}</bdi>:
        </p>
      )}
      {edit === null ? null : (
        <>
          <p className="text-12 text-fg-2">
            In <code>{edit.file}</code>:
          </p>
          <CommandBlock command={edit.text} />
        </>
      )}
      {command === null ? null : (
        <div className={edit === null ? '' : 'mt-1'}>
          <CommandBlock command={command} />
        </div>
      )}
    </div>
  );
}

function References({ addresses }: { readonly addresses: readonly string[] }) {
  if (addresses.length === 0) return null;
  return (
    <details className="mt-2 text-12">
      <summary className="cursor-pointer text-fg-2">What to read about the change</summary>
      <ul className="mt-1">
        {addresses.map((address) => (
          <li key={address}>
            <a
              href={address}
              target="_blank"
              rel="noreferrer noopener"
              className="break-all text-accent hover:underline"
            >
              {address}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}
