import { execFileSync } from 'node:child_process';
import { createSign, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface TokenService {
  /** What a registry must know to believe the tokens, in the words of its configuration. */
  readonly settings: Readonly<Record<string, string>>;
  /** What tokens were given out for. */
  readonly scopes: readonly string[];
  close(): void;
}

const ISSUER = 'harrier tests';
const SERVICE = 'registry of the tests';

/** Gives out tokens for a registry to one user. Specification: distribution, "Token Authentication Implementation". */
export async function startTokenService(
  openssl: string,
  directory: string,
  { user, password }: { readonly user: string; readonly password: string },
): Promise<TokenService> {
  const [key, certificate] = [join(directory, 'token.key'), join(directory, 'token.crt')];
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=tokens'];
  execFileSync(openssl, [...made, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  const chain = [new X509Certificate(readFileSync(certificate)).raw.toString('base64')];
  const expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const scopes: string[] = [];
  const server = createServer((request, response) => {
    const scope = new URL(request.url ?? '', 'http://tokens').searchParams.get('scope') ?? '';
    if (request.headers.authorization !== expected) {
      response.writeHead(401).end('{}');
      return;
    }
    scopes.push(scope);
    response.end(JSON.stringify({ token: signed(claims(user, scope), chain, readFileSync(key)), expires_in: 300 }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const realm = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
  return {
    settings: { realm, service: SERVICE, issuer: ISSUER, rootcertbundle: certificate },
    scopes,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function claims(user: string, scope: string): Readonly<Record<string, unknown>> {
  const seconds = Math.floor(Date.now() / 1000);
  const [type, name, actions = ''] = scope.split(':');
  const access = scope === '' ? [] : [{ type, name, actions: actions.split(',') }];
  const times = { exp: seconds + 300, nbf: seconds - 10, iat: seconds };
  return { iss: ISSUER, sub: user, aud: SERVICE, jti: `${seconds}`, access, ...times };
}

function signed(payload: unknown, chain: readonly string[], key: Buffer): string {
  const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${encoded({ typ: 'JWT', alg: 'RS256', x5c: chain })}.${encoded(payload)}`;
  return `${text}.${createSign('sha256').update(text).sign(key, 'base64url')}`;
}
