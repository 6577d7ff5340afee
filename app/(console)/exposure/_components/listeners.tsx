import { formatCounted } from '@/components/format/format-count.ts';
import type { PathListeners } from '@/lib/core/model/exposure-view.ts';
import { wordList } from '@/lib/core/model/word-list.ts';
import { getListeners } from '@/lib/operations/network/get-listeners.ts';
import { ask } from '../../ask.ts';
import { settle } from '../../settle.ts';

const SHOWN = 3;

/** What is installed that listens at the ports of a path by default. */
export async function Listeners({ id }: { readonly id: string }) {
  const result = await settle(ask(getListeners, { id }), 'What listens there');
  if (!result.ok) {
    return <p className="mt-2 text-12 text-fg-3">What listens there could not be looked up: {result.message}</p>;
  }
  const { seen, servers } = result.value;
  if (servers.length === 0) return <p className="mt-2 text-fg-2">{nothingSeen(seen)}</p>;
  return (
    <ul className="mt-2 text-fg-2">
      {servers.slice(0, SHOWN).map(({ name, ports, packages }) => (
        <li key={name} className="break-words">
          {name} is installed (<bdi>{packagesWord(packages)}</bdi>), which listens at {wordList(ports.map(String))} by
          default.
        </li>
      ))}
      {servers.length > SHOWN ? <li>So are {formatCounted(servers.length - SHOWN, 'other server')}.</li> : null}
    </ul>
  );
}

function nothingSeen(seen: PathListeners['seen']): string {
  switch (seen) {
    case 'whole':
      return 'No package known to listen there by default is installed; other software may.';
    case 'part':
      return 'No package known to listen there by default was seen, but not all packages of the instance were read.';
    case null:
      return 'Packages of the instance were not scanned, so what listens there is not known.';
  }
}

function packagesWord(packages: PathListeners['servers'][number]['packages']): string {
  const words = packages.slice(0, SHOWN).map(({ name, version }) => `${name} ${version}`);
  return packages.length > SHOWN ? `${words.join(', ')} and ${packages.length - SHOWN} more` : words.join(', ');
}
