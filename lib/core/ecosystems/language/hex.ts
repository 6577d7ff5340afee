import { packageKey } from '../../model/ids.ts';
import { shellLine } from '../../model/shell-line.ts';
import { erlangApp } from '../../parsers/erlang-app.ts';
import { gleamManifest } from '../../parsers/gleam-manifest.ts';
import { manifestWithoutLock } from '../../parsers/manifest-without-lock.ts';
import { mixLock } from '../../parsers/mix-lock.ts';
import { rebarLock } from '../../parsers/rebar-lock.ts';
import { hex as hexOrder } from '../../versions/hex.ts';
import type { Ecosystem } from '../ecosystem.ts';

/** Hex, of Elixir and Erlang. */
export const hex: Ecosystem = {
  id: 'hex',
  displayName: 'Hex',
  family: 'language',
  purlType: 'hex',
  purlNamespaces: [],
  osvName: 'Hex',
  versions: hexOrder,
  parsers: [mixLock, rebarLock, gleamManifest, erlangApp, manifestWithoutLock],
  normalizeName: (name) => name,
  advisoryKeys: (pkg) => [packageKey('Hex', pkg.name)],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  upgradeCommand: (pkg) => shellLine('mix', 'deps.update', pkg.name),
};
