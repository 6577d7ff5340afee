import { BlockList, isIP } from 'node:net';

/** Addresses at which clouds hand out credentials to whoever asks from the machine itself. No image lies there. */
const METADATA = new BlockList();
METADATA.addSubnet('169.254.0.0', 16);
METADATA.addSubnet('fe80::', 10, 'ipv6');
METADATA.addSubnet('fd00:ec2::', 32, 'ipv6');
// IPv4 inside of IPv6: mapped, compatible, and through the well-known prefix of NAT64.
METADATA.addSubnet('::ffff:169.254.0.0', 112, 'ipv6');
METADATA.addSubnet('::169.254.0.0', 112, 'ipv6');
METADATA.addSubnet('64:ff9b::169.254.0.0', 112, 'ipv6');

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');
LOOPBACK.addSubnet('::ffff:127.0.0.0', 104, 'ipv6');
// "Any address" reaches the machine itself.
LOOPBACK.addSubnet('0.0.0.0', 8);
LOOPBACK.addAddress('::', 'ipv6');

/** Link-local addresses, among them those of instance metadata. */
export function isMetadataAddress(address: string): boolean {
  return isIn(METADATA, address);
}

export function isLoopbackAddress(address: string): boolean {
  return isIn(LOOPBACK, address);
}

/** Whether the host of an address, as URL gives it, is this machine by its name. */
export function isLoopbackHost(hostname: string): boolean {
  return /^(?:.+\.)?localhost\.?$/.test(hostname) || isLoopbackAddress(bare(hostname));
}

/** The host without the brackets that URLs put around IPv6. */
export function bare(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}

function isIn(list: BlockList, address: string): boolean {
  const plain = address.split('%')[0] ?? address;
  const version = isIP(plain);
  return version !== 0 && list.check(plain, version === 6 ? 'ipv6' : 'ipv4');
}
