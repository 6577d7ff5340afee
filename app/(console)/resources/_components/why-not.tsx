import { getBlockers } from '@/lib/operations/network/get-blockers.ts';
import { ask } from '../../ask.ts';
import { settle } from '../../settle.ts';

/** What keeps the internet out, each by itself, so that changing one is not taken for enough. */
export async function WhyNot({ id }: { readonly id: string }) {
  const result = await settle(ask(getBlockers, { id }), 'Why not');
  if (!result.ok) return <p className="mt-1 text-12 text-fg-3">Why not could not be worked out: {result.message}</p>;
  const shut = result.value.filter(({ blockers }) => blockers.length > 0);
  if (shut.length === 0) return null;
  return (
    <div className="mt-1.5">
      <p className="text-fg-2">The internet does not reach it directly:</p>
      {shut.map(({ interfaceId, blockers }) => (
        <ul key={interfaceId} className="mt-1.5 space-y-2">
          {blockers.map(({ id: component, because, change }) => (
            <li key={`${component} ${because}`} className="break-words text-12">
              {because[0]?.toUpperCase() + because.slice(1)} <span className="text-fg-3">({change} to open it)</span>
              <code className="block break-all text-fg-3">{component}</code>
            </li>
          ))}
        </ul>
      ))}
    </div>
  );
}
