import { readFileSync, statSync } from 'node:fs';
import { DOCKER_HUB, type ImageReference } from '../../core/model/image-reference.ts';
import { asObject, asText } from '../../core/model/raw.ts';
import { type Credentials, type FoundCredentials, NO_CREDENTIALS } from './credentials.ts';

const CONFIG_BYTES_MAX = 4 * 1024 * 1024;
/** Keys under which Docker itself keeps what belongs to Docker Hub. */
const HUB_KEYS = ['index.docker.io', 'docker.io'];

/** The user's own credentials for an image, from the first file of Podman or Docker that has some. Helper programs, to which these files may point, are never run. */
export function loginFor({ registry, repository }: ImageReference, files: readonly string[]): FoundCredentials {
  let remark: string | null = null;
  for (const file of files) {
    const config = readConfig(file);
    const found =
      typeof config === 'string' ? { credentials: null, remark: config } : inConfig(config, file, registry, repository);
    if (found.credentials !== null) {
      return found;
    }
    remark ??= found.remark;
  }
  return remark === null ? NO_CREDENTIALS : { credentials: null, remark };
}

/** The file's content, null where there is none, or a sentence on why it cannot be used. */
function readConfig(file: string): Readonly<Record<string, unknown>> | null | string {
  try {
    const status = statSync(file, { throwIfNoEntry: false });
    if (status === undefined) {
      return null;
    }
    if (!status.isFile() || status.size > CONFIG_BYTES_MAX) {
      return `${file} is no file of credentials and was not read.`;
    }
    return asObject(JSON.parse(readFileSync(file, 'utf8'))) ?? `${file} is no file of credentials and was not read.`;
  } catch (error) {
    // The parser's own words quote what it read.
    const reason =
      error instanceof SyntaxError ? 'it is not JSON' : ((error as NodeJS.ErrnoException).code ?? 'unreadable');
    return `${file} could not be read (${reason}), so no credentials were taken from it.`;
  }
}

function inConfig(
  config: Readonly<Record<string, unknown>> | null,
  file: string,
  registry: string,
  repository: string,
): FoundCredentials {
  const auths = new Map(Object.entries(asObject(config?.auths) ?? {}).map(([key, value]) => [plainKey(key), value]));
  const helpers = new Map(
    Object.entries(asObject(config?.credHelpers) ?? {}).map(([key, value]) => [plainKey(key), value]),
  );
  const keys = keysFor(registry, repository);
  const helper = keys.map((key) => asText(helpers.get(key))).find((name) => name !== null);
  const auth = keys.map((key) => asObject(auths.get(key))).find((entry) => entry !== null);
  const credentials = auth === undefined ? null : credentialsIn(auth);
  if (credentials !== null) {
    return { credentials, remark: null };
  }
  // Docker leaves an empty entry where a helper keeps the rest.
  const named = helper ?? (auth === undefined ? null : asText(config?.credsStore));
  if (named === null) {
    return auth === undefined
      ? NO_CREDENTIALS
      : { credentials: null, remark: `${file} has an entry for ${registry} without usable credentials.` };
  }
  const program = `docker-credential-${named.replace(/[^\w.-]/g, '?').slice(0, 64)}`;
  return {
    credentials: null,
    remark: `${file} leaves the credentials of ${registry} to the program ${program}, which Harrier does not run: put them into a file that REGISTRY_AUTH_FILE names.`,
  };
}

/** Podman keeps credentials for parts of a registry too; the nearest counts. */
function keysFor(registry: string, repository: string): readonly string[] {
  const hosts = registry === DOCKER_HUB ? [...HUB_KEYS, DOCKER_HUB] : [registry];
  const parts = repository.split('/');
  const paths = parts.map((_, place) => parts.slice(0, parts.length - place).join('/'));
  return hosts.flatMap((host) => [...paths.map((path) => `${host}/${path}`), host]);
}

/** Old files have whole addresses as keys: `https://index.docker.io/v1/`. */
function plainKey(key: string): string {
  return key
    .replace(/^https?:\/\//, '')
    .replace(/\/(?:v[12]\/?)?$/, '')
    .toLowerCase();
}

function credentialsIn(auth: Readonly<Record<string, unknown>>): Credentials | null {
  const identity = asText(auth.identitytoken);
  if (identity !== null && identity !== '') {
    return { kind: 'identity', token: identity };
  }
  const decoded = Buffer.from(asText(auth.auth) ?? '', 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  const user = colon === -1 ? asText(auth.username) : decoded.slice(0, colon);
  // Docker pads old entries with zero bytes.
  const password = colon === -1 ? asText(auth.password) : decoded.slice(colon + 1).replace(/\0+$/, '');
  return user !== null && password !== null && user !== '' ? { kind: 'password', user, password } : null;
}
