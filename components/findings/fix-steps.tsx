import type { ReactNode } from 'react';
import type { VulnerablePackage } from '@/lib/core/model/finding.ts';
import { CommandBlock } from '../ui/command-block.tsx';

interface Props {
  readonly packages: readonly VulnerablePackage[];
  readonly rescan: ReactNode;
}

interface Step {
  readonly text: string;
  readonly command: string | null;
}

/** Numbered steps that end the finding; a package without a fixed version is named, never left out. */
export function FixSteps({ packages, rescan }: Props) {
  const steps = stepsOf(packages);
  const unfixed = [...new Set(packages.filter((item) => item.fixedVersion === null).map((item) => item.name))];
  return (
    <>
      {steps.length > 0 ? (
        <ol className="steps">
          {steps.map((step) => (
            <li key={`${step.text} ${step.command}`}>
              {step.text}
              {step.command ? (
                <div className="mt-[5px]">
                  <CommandBlock command={step.command} />
                </div>
              ) : null}
            </li>
          ))}
          <li>
            Scan the resource again; the finding closes when it is no longer seen
            {rescan ? <div className="mt-1.5">{rescan}</div> : null}
          </li>
        </ol>
      ) : null}
      {unfixed.length > 0 ? (
        <p className={`text-fg-2 ${steps.length > 0 ? 'mt-2' : ''}`}>
          No fixed version is published for {unfixed.slice(0, 5).join(', ')}
          {unfixed.length > 5 ? ` and ${unfixed.length - 5} more` : ''}.
        </p>
      ) : null}
    </>
  );
}

function stepsOf(packages: readonly VulnerablePackage[]): readonly Step[] {
  const steps = new Map<string, Step>();
  for (const { name, fixedVersion, remediation } of packages) {
    if (fixedVersion === null) continue;
    const text = `Upgrade ${name} to ${fixedVersion} or later`;
    steps.set(`${text} ${remediation}`, { text, command: remediation });
  }
  return [...steps.values()];
}
