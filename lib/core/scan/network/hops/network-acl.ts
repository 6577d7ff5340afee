import { addressesOf, type Family, holds } from '../address.ts';
import { firstMatch, type Region } from '../region.ts';
import type { AclEntry, Protocol } from '../topology.ts';

/** What the entries of one direction let through: the first that matches decides, and none means no. */
export function letThrough(entries: readonly AclEntry[], family: Family, protocol: Protocol): Region {
  const statements = entries
    .filter(({ block, ports }) => block.family === family && ports.protocols.includes(protocol))
    .map(({ block, ports, allow }) => ({ from: ports.from, to: ports.to, allow, addresses: addressesOf([block]) }));
  return firstMatch(statements);
}

/** The entry that decides over one packet; undefined where none matches, which denies it. */
export function decidingEntry(
  entries: readonly AclEntry[],
  protocol: Protocol,
  address: { readonly family: Family; readonly point: number | bigint },
  port: number,
): AclEntry | undefined {
  return entries.find(
    ({ block, ports }) =>
      ports.protocols.includes(protocol) && ports.from <= port && port < ports.to && holds(block, address),
  );
}
