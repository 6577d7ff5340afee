import { EmptyState } from '@/components/ui/block-state.tsx';
import { ButtonLink } from '@/components/ui/button.tsx';
import { ScanHostButton } from '../../_components/scan-host-button.tsx';

const STEPS = [
  ['Choose a first source', 'This machine, or a sample estate to look around in.'],
  ['Scan', 'Advisories are brought in, packages are listed and compared.'],
  ['Read the first finding', 'With its score, the reason for it and the command that ends it.'],
] as const;

/** The overview before anything was scanned: what to do, not a wall of zeros. */
export function FirstSteps() {
  return (
    <div className="max-w-[640px] px-(--gutter) pt-4">
      <EmptyState
        kind="unknown"
        title="Nothing is scanned yet"
        action={
          <>
            <ScanHostButton kind="primary" />
            <ButtonLink href="/welcome">Other sources</ButtonLink>
          </>
        }
      >
        Zero findings is not known until a scan has looked.
      </EmptyState>
      <ol className="steps mt-6">
        {STEPS.map(([title, detail]) => (
          <li key={title}>
            <b className="font-medium">{title}</b>
            <p className="text-12 text-fg-3">{detail}</p>
          </li>
        ))}
      </ol>
    </div>
  );
}
