import { alpm } from '../../versions/alpm.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { distribution } from './distribution.ts';

/** Arch Linux. It rolls, so there is one ecosystem without releases; advisories name packages as they are installed. */
export const arch: Ecosystem = distribution({
  id: 'arch',
  displayName: 'Arch Linux',
  purlType: 'alpm',
  purlNamespaces: ['arch'],
  osvName: 'Arch Linux',
  versions: alpm,
  names: 'binary',
  // Distributions made from Arch hold packages back and build others, so its advisories are not theirs.
  releases: (distro) => (distro.id === 'arch' ? ['Arch Linux'] : []),
  // A single package is not upgraded by itself: libraries and what links to them move together.
  upgrade: ['pacman', '-Syu'],
});
