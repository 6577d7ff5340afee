import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { AppError } from '../core/model/app-error.ts';

const ROLES = ['web', 'worker', 'all'] as const;
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export type Role = (typeof ROLES)[number];
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the button on the sign-in page calls the provider. */
  readonly name: string;
}

/** Every setting of this process, read and checked once. */
export interface Environment {
  readonly port: number;
  /** The address the web server listens on: this machine alone unless the public address says otherwise. */
  readonly host: string;
  /** Public address without a slash at its end. */
  readonly url: string;
  /** Absolute path. */
  readonly dataDirectory: string;
  /** Null means the embedded PostgreSQL. */
  readonly databaseUrl: string | null;
  /** An absolute directory or a base URL that mirrors the feeds; null means the publishers' own addresses. */
  readonly feeds: string | null;
  readonly role: Role;
  /** Null until the first start has made one. */
  readonly secret: string | null;
  readonly kmsKey: string | null;
  readonly oidc: OidcSettings | null;
  readonly logLevel: LogLevel;
  /** What AWS's own variables say, besides those that its SDK reads by itself. */
  readonly aws: { readonly homeRegion: string; readonly endpoint: string | null };
  /** Files in which Podman and Docker keep sign-ins to registries, in the order in which they count. */
  readonly registryLogins: readonly string[];
}

type Source = Readonly<Record<string, string | undefined>>;

interface Variable<T> {
  readonly name: string;
  /** Completes "NAME must be …". */
  readonly rule: string;
  readonly example: string;
  /** A value that is a secret, or may hold one, is never repeated in a message. */
  readonly secret?: boolean;
  /** The setting, or null where the text is none. */
  readonly parse: (text: string) => T | null;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

const port: Variable<number> = {
  name: 'PORT',
  rule: 'a whole number from 1 to 65535',
  example: '3000',
  parse: (text) => (/^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535 ? Number(text) : null),
};

const host: Variable<string> = {
  name: 'HARRIER_HOST',
  rule: 'a host name or an IP address to listen on',
  example: '0.0.0.0',
  parse: (text) => (/^[\w.:-]{1,253}$/.test(text) ? text : null),
};

const url: Variable<string> = {
  name: 'HARRIER_URL',
  rule: 'an http or https address without a path',
  example: 'https://harrier.example.com',
  parse(text) {
    const parsed = webUrl(text);
    const isBare = parsed?.pathname === '/' && parsed.search === '' && parsed.hash === '';
    return isBare ? parsed.origin : null;
  },
};

const databaseUrl: Variable<string> = {
  name: 'DATABASE_URL',
  rule: 'a PostgreSQL address that names a database',
  example: 'postgresql://harrier:password@db.example.com:5432/harrier',
  secret: true,
  parse(text) {
    const parsed = URL.parse(text);
    return parsed !== null && /^postgres(ql)?:$/.test(parsed.protocol) && parsed.pathname.length > 1 ? text : null;
  },
};

const feeds: Variable<string> = {
  name: 'HARRIER_FEEDS',
  rule: 'a directory or an http or https address that mirrors the feeds',
  example: '/srv/feeds',
  parse(text) {
    if (webUrl(text) !== null) return text.replace(/\/$/, '');
    return /^[a-z][a-z0-9+.-]+:\/\//i.test(text) ? null : resolve(text);
  },
};

const role: Variable<Role> = {
  name: 'HARRIER_ROLE',
  rule: 'web, worker or all',
  example: 'all',
  parse: (text) => ROLES.find((role) => role === text) ?? null,
};

const secret: Variable<string> = {
  name: 'HARRIER_SECRET',
  rule: 'at least 32 bytes long',
  example: 'the output of "openssl rand -base64 48"',
  secret: true,
  parse: (text) => (Buffer.byteLength(text) >= 32 ? text : null),
};

const kmsKey: Variable<string> = {
  name: 'HARRIER_KMS_KEY',
  rule: 'the ARN of a KMS key or alias',
  example: 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  parse: (text) => (/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(key|alias)\/[\w/-]+$/.test(text) ? text : null),
};

const logLevel: Variable<LogLevel> = {
  name: 'HARRIER_LOG_LEVEL',
  rule: 'trace, debug, info, warn, error, fatal or silent',
  example: 'info',
  parse: (text) => LOG_LEVELS.find((level) => level === text) ?? null,
};

const dataDirectory: Variable<string> = {
  name: 'HARRIER_DATA',
  rule: 'a path of at most 1024 characters without control characters',
  example: '/var/lib/harrier',
  parse: shortText,
};

/** Reads every setting. Throws one AppError that names the first variable at fault, what is wrong and an example. */
export function readEnvironment(source: Source = process.env): Environment {
  const portValue = read(source, port) ?? 3000;
  const urlValue = read(source, url) ?? `http://localhost:${portValue}`;
  const data = read(source, dataDirectory) ?? '.harrier';
  return {
    port: portValue,
    host: read(source, host) ?? (LOOPBACK.has(new URL(urlValue).hostname) ? '127.0.0.1' : '0.0.0.0'),
    url: urlValue,
    dataDirectory: isAbsolute(data) ? data : resolve(/* turbopackIgnore: true */ data),
    databaseUrl: read(source, databaseUrl),
    feeds: read(source, feeds),
    role: read(source, role) ?? 'all',
    secret: read(source, secret),
    kmsKey: read(source, kmsKey),
    oidc: readOidc(source),
    logLevel: read(source, logLevel) ?? 'info',
    aws: {
      homeRegion: source.AWS_REGION || source.AWS_DEFAULT_REGION || 'us-east-1',
      endpoint: source.AWS_ENDPOINT_URL_S3 || source.AWS_ENDPOINT_URL || null,
    },
    registryLogins: registryLogins(source),
  };
}

/** These variables are those of other programs, so whatever they hold is taken as it is. */
function registryLogins({ REGISTRY_AUTH_FILE, DOCKER_CONFIG, HOME }: Source): readonly string[] {
  const docker = join(DOCKER_CONFIG || join(/* turbopackIgnore: true */ HOME || homedir(), '.docker'), 'config.json');
  return REGISTRY_AUTH_FILE ? [REGISTRY_AUTH_FILE, docker] : [docker];
}

function readOidc(source: Source): OidcSettings | null {
  const issuer = read(source, {
    name: 'HARRIER_OIDC_ISSUER',
    rule: 'the https address of an OpenID Connect provider (http only on this machine)',
    example: 'https://login.example.com',
    parse(text) {
      const parsed = webUrl(text);
      return parsed !== null && (parsed.protocol === 'https:' || LOOPBACK.has(parsed.hostname)) ? text : null;
    },
  });
  const clientId = read(source, text('HARRIER_OIDC_CLIENT_ID', 'harrier', false));
  const clientSecret = read(source, text('HARRIER_OIDC_CLIENT_SECRET', 'the secret that the provider gave', true));
  const name = read(source, text('HARRIER_OIDC_NAME', 'Example Login', false));
  if (issuer === null && clientId === null && clientSecret === null) return null;
  const values = {
    HARRIER_OIDC_ISSUER: issuer,
    HARRIER_OIDC_CLIENT_ID: clientId,
    HARRIER_OIDC_CLIENT_SECRET: clientSecret,
  };
  for (const [missing, value] of Object.entries(values)) {
    if (value === null) {
      const example = missing === 'HARRIER_OIDC_ISSUER' ? 'https://login.example.com' : 'the value the provider gave';
      throw fault(
        missing,
        `${missing} is not set although other HARRIER_OIDC_ settings are: sign-in with a provider needs the issuer, the client id and the client secret together, for example ${missing}=${example}.`,
      );
    }
  }
  if (issuer === null || clientId === null || clientSecret === null) return null;
  return { issuer: issuer.replace(/\/$/, ''), clientId, clientSecret, name: name ?? new URL(issuer).hostname };
}

function text(name: string, example: string, isSecret: boolean): Variable<string> {
  return { name, rule: 'at most 1024 printable characters', example, secret: isSecret, parse: shortText };
}

/** An empty variable counts as absent: that is how compose files and shells pass "not set". */
function read<T>(source: Source, variable: Variable<T>): T | null {
  const value = source[variable.name]?.trim();
  if (value === undefined || value === '') return null;
  const parsed = variable.parse(value);
  if (parsed !== null) return parsed;
  const shown = variable.secret ? 'is set to something else' : `is ${JSON.stringify(value.slice(0, 120))}`;
  const example = variable.example.includes(' ') ? variable.example : `${variable.name}=${variable.example}`;
  throw fault(variable.name, `${variable.name} must be ${variable.rule} but ${shown}; for example ${example}.`);
}

function fault(name: string, message: string): AppError {
  return new AppError('invalid-input', message, { [name]: message });
}

function webUrl(value: string): URL | null {
  const parsed = URL.parse(value);
  return parsed !== null && /^https?:$/.test(parsed.protocol) && parsed.hostname !== '' ? parsed : null;
}

function shortText(value: string): string | null {
  return value.length <= 1024 && !/\p{Cc}/u.test(value) ? value : null;
}
