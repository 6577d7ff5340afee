import Link from 'next/link';
import { balancerWord, fromWord, sourcesWord } from '@/components/exposure/path-facts.ts';
import { SeverityGlyph } from '@/components/findings/severity-glyph.tsx';
import type { OpenPath } from '@/lib/core/model/exposure-view.ts';
import type { NetworkEvidence } from '@/lib/core/model/network.ts';
import { portsWord } from '@/lib/core/model/network.ts';

/** Open paths as a list, each with who may call; its port leads to its finding. */
export function OpenPaths({ paths }: { readonly paths: readonly OpenPath[] }) {
  return (
    <ul>
      {paths.map(({ id, severity, network }) => (
        <li key={id} className="flex min-w-0 items-baseline gap-2 border-line border-b py-1.5 last:border-b-0">
          <SeverityGlyph severity={severity} />
          <Link prefetch={false} href={`/findings/${id}`} className="shrink-0 font-medium hover:underline">
            {portsWord(network)}
          </Link>
          <span className="min-w-0 break-words text-fg-2">{wordsOf(network).join(', ')}</span>
        </li>
      ))}
    </ul>
  );
}

function wordsOf(network: NetworkEvidence): readonly string[] {
  const balancer = balancerWord(network);
  return [
    ...network.services,
    ...(network.isWorld ? [] : [`from ${fromWord(network)}`]),
    sourcesWord(network),
    ...(balancer === null ? [] : [`through ${balancer}`]),
  ];
}
