import { apk } from '../../versions/apk.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { distribution } from './distribution.ts';

/** Chainguard. It rolls, so there is one ecosystem without releases; advisories name source packages. */
export const chainguard: Ecosystem = distribution({
  id: 'chainguard',
  displayName: 'Chainguard',
  purlType: 'apk',
  purlNamespaces: ['chainguard'],
  osvName: 'Chainguard',
  versions: apk,
  names: 'source',
  releases: (distro) => (distro.id === 'chainguard' ? ['Chainguard'] : []),
  upgrade: ['apk', 'upgrade', '--update-cache'],
});
