import { ecosystems } from '../ecosystems/registry.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Inventory } from '../model/inventory.ts';
import type { EcosystemId, Package } from '../model/package.ts';
import { sortedWithoutDoubles } from './collector.ts';

/** What the command reads beside the packages of the system: those whose files it reduces on the host. */
const SEEN_BY_COMMAND: ReadonlySet<EcosystemId> = new Set(['npm', 'pypi', 'maven', 'rubygems']);

/** Ways of reading a machine that see some kinds of packages only. */
const WAYS = {
  'ssm-inventory': {
    sees: (ecosystem: EcosystemId) => ecosystems[ecosystem].family === 'os',
    limit: 'The inventory of SSM lists the packages of the system only: nobody looked for those of languages.',
  },
  'ssm-command': {
    sees: (ecosystem: EcosystemId) => ecosystems[ecosystem].family === 'os' || SEEN_BY_COMMAND.has(ecosystem),
    limit:
      'The command does not look into programs, such as those of Go and Rust, and reads no packages of .NET, PHP and R.',
  },
} as const satisfies Record<NonNullable<Inventory['narrowWay']>, object>;

/**
 * An inventory together with the packages that its way of reading cannot see, as the inventory before had them: what nobody looked at is
 * not gone. A failed inventory stays as it is.
 */
export function keepUnseen(inventory: Inventory, before: Inventory | null): Inventory {
  if (inventory.outcome === 'failed' || inventory.narrowWay === undefined) return inventory;
  const { sees, limit } = WAYS[inventory.narrowWay];
  const kept = (before?.packages ?? []).filter(({ ecosystem }) => !sees(ecosystem));
  const said: Diagnostic = {
    level: 'info',
    path: null,
    message: kept.length === 0 ? limit : `${limit} ${keptWords(kept)}`,
  };
  return {
    ...inventory,
    packages: kept.length === 0 ? inventory.packages : sortedWithoutDoubles([...inventory.packages, ...kept]),
    diagnostics: [...inventory.diagnostics, said],
  };
}

function keptWords(kept: readonly Package[]): string {
  const kinds = [...new Set(kept.map(({ ecosystem }) => ecosystem))].sort().join(', ');
  return `${kept.length} of them (${kinds}) are as an earlier scan saw them.`;
}
