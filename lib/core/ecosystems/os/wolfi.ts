import { apk } from '../../versions/apk.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { distribution } from './distribution.ts';

/** Wolfi. It rolls, so there is one ecosystem without releases; advisories name source packages. */
export const wolfi: Ecosystem = distribution({
  id: 'wolfi',
  displayName: 'Wolfi',
  purlType: 'apk',
  purlNamespaces: ['wolfi'],
  osvName: 'Wolfi',
  versions: apk,
  names: 'source',
  releases: (distro) => (distro.id === 'wolfi' ? ['Wolfi'] : []),
  upgrade: ['apk', 'upgrade', '--update-cache'],
});
