import { packageKey } from '../../model/ids.ts';
import { hex as hexOrder } from '../../versions/hex.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { shellLine } from '../shell-line.ts';

/** Hex, of Elixir and Erlang. */
export const hex: Ecosystem = {
  id: 'hex',
  displayName: 'Hex',
  family: 'language',
  purlType: 'hex',
  purlNamespaces: [],
  osvName: 'Hex',
  versions: hexOrder,
  parsers: [],
  normalizeName: (name) => name,
  advisoryKeys: (pkg) => [packageKey('Hex', pkg.name)],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  upgradeCommand: (pkg) => shellLine('mix', 'deps.update', pkg.name),
};
