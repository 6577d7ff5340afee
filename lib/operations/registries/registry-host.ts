/** Docker Hub goes by several names; images are pulled from this one. */
const DOCKER_HUB = 'registry-1.docker.io';
const HUB_NAMES: ReadonlySet<string> = new Set(['docker.io', 'index.docker.io', 'hub.docker.com', DOCKER_HUB]);

/** The host, with its port, that a person means by a name or an address; null where it is none. */
export function registryHost(text: string): string | null {
  const bare = text
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/\/.*$/s, '')
    .toLowerCase();
  if (!/^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(?::[0-9]{1,5})?$/.test(bare) || bare.length > 253) {
    return null;
  }
  return HUB_NAMES.has(bare) ? DOCKER_HUB : bare;
}
