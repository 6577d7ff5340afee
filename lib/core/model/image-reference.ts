/** An image of a registry, as people name it: `REGISTRY/NAME[:TAG|@DIGEST]`. */
export interface ImageReference {
  /** Host, with its port where one is named. */
  readonly registry: string;
  readonly repository: string;
  /** Tag or digest: what the registry is asked for. */
  readonly asked: string;
  /** The digest that the content must have; null where a tag was asked for. */
  readonly digest: string | null;
}

/** Docker Hub answers under another name than it goes by. */
export const DOCKER_HUB = 'registry-1.docker.io';
const HUB_NAMES: ReadonlySet<string> = new Set(['docker.io', 'index.docker.io', DOCKER_HUB]);

const REFERENCE_LENGTH_MAX = 1024;
const NAME_LENGTH_MAX = 255;
const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?$/;
const COMPONENT = /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** The registry, with its port, that a person means by a host or an address of one; null where it is none. */
export function registryOf(text: string): string | null {
  const host = text
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/\/.*$/s, '')
    .toLowerCase();
  if (!HOST.test(host) || URL.parse(`https://${host}/`) === null) {
    return null;
  }
  return HUB_NAMES.has(host) ? DOCKER_HUB : host;
}

/** Null for what is no reference. Grammar: github.com/distribution/reference; short names are of Docker Hub. */
export function parseReference(text: string): ImageReference | null {
  if (text.length > REFERENCE_LENGTH_MAX) {
    return null;
  }
  const [rest = '', digest, ...more] = text.split('@');
  if (more.length > 0 || (digest !== undefined && !DIGEST.test(digest))) {
    return null;
  }
  const slash = rest.indexOf('/');
  const first = slash === -1 ? '' : rest.slice(0, slash);
  // A first part that could be the name of a machine is one; anything else is a name of Docker Hub.
  const hasHost = /[.:]/.test(first) || first === 'localhost';
  const host = hasHost ? first : 'docker.io';
  const path = hasHost ? rest.slice(slash + 1) : rest;
  const colon = path.lastIndexOf(':');
  const name = colon === -1 ? path : path.slice(0, colon);
  const tag = colon === -1 ? null : path.slice(colon + 1);
  const isHub = HUB_NAMES.has(host.toLowerCase());
  const repository = isHub && !name.includes('/') ? `library/${name}` : name;
  const isWell =
    HOST.test(host) &&
    URL.parse(`https://${host}/`) !== null &&
    repository.length <= NAME_LENGTH_MAX &&
    repository.split('/').every((part) => COMPONENT.test(part)) &&
    (tag === null || TAG.test(tag));
  return isWell
    ? {
        registry: isHub ? DOCKER_HUB : host.toLowerCase(),
        repository,
        asked: digest ?? tag ?? 'latest',
        digest: digest ?? null,
      }
    : null;
}

/** The one way in which a reference is written, however short a person put it: `docker.io/library/nginx:latest`. */
export function nameOfReference({ registry, repository, asked, digest }: ImageReference): string {
  const host = registry === DOCKER_HUB ? 'docker.io' : registry;
  return `${host}/${repository}${digest === null ? ':' : '@'}${asked}`;
}
