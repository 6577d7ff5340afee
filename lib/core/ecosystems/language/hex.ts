import { packageKey } from '../../model/ids.ts';
import { shellLine } from '../../model/shell-line.ts';
import { erlangApp } from '../../parsers/erlang-app.ts';
import { gleamManifest } from '../../parsers/gleam-manifest.ts';
import { manifestWithoutLock } from '../../parsers/manifest-without-lock.ts';
import { mixLock } from '../../parsers/mix-lock.ts';
import { rebarLock } from '../../parsers/rebar-lock.ts';
import { hex as hexOrder } from '../../versions/hex.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { besideFile, fileOf } from '../upgrade-way.ts';

/** The words that raise a package, by the lock file; Mix's for any other. */
const TOOLS: Readonly<Record<string, readonly string[]>> = {
  'rebar.lock': ['rebar3', 'upgrade'],
  'manifest.toml': ['gleam', 'update'],
};

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
  namePattern: /^[a-z][a-z0-9_]*$/,
  upgrades: ({ name, path }) => [
    besideFile(path, { command: shellLine(...(TOOLS[fileOf(path)] ?? ['mix', 'deps.update']), name) }),
  ],
};
