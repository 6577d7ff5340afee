import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface IdentityProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  stop(): Promise<void>;
}

/** Who may be chosen at the provider's door, and what it says about them. */
export const PROVIDER_PEOPLE = {
  invited: { email: 'ines@example.com', email_verified: true },
  unverified: { email: 'ines@example.com', email_verified: false },
  stranger: { email: 'stranger@example.com', email_verified: true },
  nameless: {},
} as const;

interface Grant {
  readonly person: keyof typeof PROVIDER_PEOPLE;
  readonly nonce: string;
  readonly challenge: string;
  readonly redirectUri: string;
}

const CLIENT = { id: 'harrier-journeys', secret: randomBytes(24).toString('hex') };

/** An OpenID Connect provider of this machine (authorization code with PKCE, RS256), whose door asks who one wants to be. */
export async function startIdentityProvider(): Promise<IdentityProvider> {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const grants = new Map<string, Grant>();
  let issuer = '';
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer);
    if (url.pathname === '/.well-known/openid-configuration') {
      json(response, discovery(issuer));
    } else if (url.pathname === '/keys') {
      json(response, { keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] });
    } else if (url.pathname === '/authorize') {
      door(url, response);
    } else if (url.pathname === '/choose') {
      choose(url, response);
    } else if (url.pathname === '/token') {
      await token(request, response);
    } else {
      response.writeHead(404).end();
    }
  }

  function door(url: URL, response: ServerResponse): void {
    const links = Object.keys(PROVIDER_PEOPLE).map((person) => {
      const query = new URLSearchParams(url.searchParams);
      query.set('person', person);
      return `<li><a href="/choose?${query.toString().replaceAll('&', '&amp;')}">${person}</a></li>`;
    });
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<!doctype html><title>Who?</title><ul>${links.join('')}</ul>`);
  }

  function choose({ searchParams }: URL, response: ServerResponse): void {
    const code = randomBytes(16).toString('hex');
    const redirectUri = searchParams.get('redirect_uri') ?? '';
    grants.set(code, {
      person: searchParams.get('person') as Grant['person'],
      nonce: searchParams.get('nonce') ?? '',
      challenge: searchParams.get('code_challenge') ?? '',
      redirectUri,
    });
    const back = new URL(redirectUri);
    back.searchParams.set('code', code);
    back.searchParams.set('state', searchParams.get('state') ?? '');
    response.writeHead(302, { location: back.href }).end();
  }

  async function token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await bodyOf(request));
    const code = form.get('code') ?? '';
    const grant = grants.get(code);
    grants.delete(code);
    const basic = `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64')}`;
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const isRight =
      request.headers.authorization === basic &&
      grant !== undefined &&
      grant.challenge === proof &&
      grant.redirectUri === form.get('redirect_uri');
    if (!isRight) {
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_grant"}');
      return;
    }
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: issuer,
      aud: CLIENT.id,
      sub: grant.person,
      iat: now,
      exp: now + 300,
      nonce: grant.nonce,
      ...PROVIDER_PEOPLE[grant.person],
    };
    json(response, { access_token: code, token_type: 'Bearer', expires_in: 300, id_token: signed(claims) });
  }

  function signed(claims: object): string {
    const text = [{ alg: 'RS256', kid: 'one', typ: 'JWT' }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${text}.${createSign('RSA-SHA256').update(text).sign(keys.privateKey, 'base64url')}`;
  }

  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  issuer = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return {
    issuer,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    stop: () =>
      new Promise((stopped) => {
        server.closeAllConnections();
        server.close(() => stopped());
      }),
  };
}

function discovery(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic'],
    code_challenge_methods_supported: ['S256'],
  };
}

function json(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
