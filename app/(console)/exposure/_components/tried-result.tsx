import Link from 'next/link';
import { formatCounted } from '@/components/format/format-count.ts';
import { CommandBlock } from '@/components/ui/command-block.tsx';
import { changeCommand, type NetworkChange } from '@/lib/core/model/network-change.ts';
import type { TriedChanges } from '@/lib/operations/network/try-changes.ts';

const SHOWN = 12;
const PARTS = [
  ['opened', 'It opens', 'text-danger'],
  ['widened', 'It lets more call', 'text-warn'],
  ['narrowed', 'It lets fewer call', ''],
  ['closed', 'It closes', ''],
] as const;

interface Props {
  readonly result: TriedChanges;
  readonly changes: readonly NetworkChange[];
  readonly region: string;
}

/** What changes would do, worst first, and how they are made. */
export function TriedResult({ result, changes, region }: Props) {
  const { instances, unknown } = result;
  const isNothing = PARTS.every(([part]) => result[part].length === 0);
  return (
    <div aria-live="polite" className="mt-4">
      {isNothing ? (
        <p className="border-line border-t pt-3 font-medium">
          It opens and closes nothing from outside, on any of {formatCounted(instances, 'instance')}.
        </p>
      ) : null}
      {PARTS.map(([part, word, look]) => (
        <Moved key={part} moved={result[part]} word={word} look={look} />
      ))}
      {unknown.length === 0 ? null : (
        <p className="mt-2 text-12 text-warn">
          Not all of this network is known, so it may do more: {unknown.slice(0, 2).join(' ')}
        </p>
      )}
      <h3 className="mt-3 mb-1 font-semibold text-12">{changes.length === 1 ? 'To make it' : 'To make them'}</h3>
      {changes.map((change) => (
        <div key={JSON.stringify(change)} className="mt-[5px]">
          <CommandBlock command={changeCommand(change, region)} />
        </div>
      ))}
    </div>
  );
}

function Moved({
  moved,
  word,
  look,
}: {
  readonly moved: TriedChanges['opened'];
  readonly word: string;
  readonly look: string;
}) {
  if (moved.length === 0) return null;
  return (
    <section className="mt-2 border-line border-t pt-2">
      <h3 className={`font-semibold ${look}`}>
        {word} <span className="font-normal text-12 text-fg-3">{formatCounted(moved.length, 'instance')}</span>
      </h3>
      <ul className="text-12">
        {moved.slice(0, SHOWN).map(({ instanceId, resourceId, resourceName, ports }) => (
          <li key={instanceId} className="break-words py-0.5">
            <Link
              href={`/resources/${encodeURIComponent(resourceId)}`}
              prefetch={false}
              className="font-medium hover:underline"
            >
              <bdi>{resourceName}</bdi>
            </Link>{' '}
            <span className="text-fg-2">
              {ports.slice(0, SHOWN).join(', ')}
              {ports.length > SHOWN ? ` and ${ports.length - SHOWN} more` : ''}
            </span>
          </li>
        ))}
        {moved.length > SHOWN ? (
          <li className="text-fg-3">and {formatCounted(moved.length - SHOWN, 'more instance')}</li>
        ) : null}
      </ul>
    </section>
  );
}
