import { formatCounted } from '@/components/format/format-count.ts';
import { getPathFix } from '@/lib/operations/network/get-path-fix.ts';
import { ask } from '../../ask.ts';
import { settle } from '../../settle.ts';

const SHOWN = 6;

/** What the commands would do, tried on the configuration as it was last read. */
export async function TriedFix({ id }: { readonly id: string }) {
  const result = await settle(ask(getPathFix, { id }), 'What else it closes');
  if (!result.ok)
    return <p className="mt-2 text-12 text-fg-3">What else it closes could not be worked out: {result.message}</p>;
  const { closes, besides } = result.value;
  if (!closes) {
    return (
      <p className="mt-2 text-12 text-warn">
        Tried on the configuration as it was last read, these rules do not close it any more: it has changed since. The
        next look says how.
      </p>
    );
  }
  return (
    <>
      <p className="mt-2 text-12 text-fg-2">
        Tried on the configuration as it was last read: the path is closed
        {besides.length === 0 ? ', and nothing else.' : '. It also closes:'}
      </p>
      {besides.length === 0 ? null : (
        <ul className="text-12 text-fg-2">
          {besides.slice(0, SHOWN).map(({ instanceId, ports, isOwn }) => (
            <li key={instanceId} className="break-words">
              {ports.slice(0, SHOWN).join(', ')}
              {ports.length > SHOWN ? ` and ${ports.length - SHOWN} more` : ''} of{' '}
              {isOwn ? 'the same instance' : <code>{instanceId}</code>}
            </li>
          ))}
          {besides.length > SHOWN ? (
            <li>and ports of {formatCounted(besides.length - SHOWN, 'more instance')}</li>
          ) : null}
        </ul>
      )}
    </>
  );
}
