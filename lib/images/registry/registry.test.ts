// One file beyond the usual length: every rule is told against the same registry, image and search for secrets.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectImage } from '../../core/inventory/container-image/collect-image.ts';
import { parseReference } from '../../core/model/image-reference.ts';
import type { Inventory } from '../../core/model/inventory.ts';
import { layerTar, sha256 } from '../../testing/layer-tar.ts';
import { writeOciLayout } from '../../testing/oci-layout.ts';
import { createRandom } from '../../testing/random.ts';
import { blobOf, type RegistryServer, startRegistryServer } from '../../testing/registry-server.ts';
import type { Credentials } from './credentials.ts';
import { openRegistryImage } from './open-registry-image.ts';

const PASSWORD = 'correct-horse-9911';
const TOKEN = 'token-battery-7722';
const SIGNATURE = 'presigned-staple-5533';
const ANN: Credentials = { kind: 'password', user: 'ann', password: PASSWORD };
const ANN_BASIC = `Basic ${Buffer.from(`ann:${PASSWORD}`).toString('base64')}`;
const SECRETS = [PASSWORD, TOKEN, SIGNATURE, ANN_BASIC.slice(6)];
const STATUS = 'Package: bash\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.0-1\n\n';

/** Large enough for many chunks on the way, and too random to become small. */
const random = createRandom(7);
const NOISE = Buffer.from(Uint8Array.from({ length: 1_000_000 }, () => Math.floor(random() * 256)));

let layout = '';
let server: RegistryServer;
let manifest = '';
let layer = '';
let layerBytes: Buffer;
let clock = 0;

beforeEach(async () => {
  layout = mkdtempSync(join(tmpdir(), 'harrier-registry-'));
  const tar = await layerTar({
    'etc/os-release': 'ID=debian\nVERSION_ID="12"\n',
    'opt/noise': NOISE,
    'var/lib/dpkg/status': STATUS,
  });
  [manifest = ''] = writeOciLayout(layout, [{ layers: [{ tar }], name: '1.0' }]);
  layer = (JSON.parse(blobOf(layout, manifest).toString()) as { layers: { digest: string }[] }).layers[0]?.digest ?? '';
  layerBytes = blobOf(layout, layer);
  server = await startRegistryServer(layout);
  clock = 0;
});

afterEach(() => {
  server.close();
  rmSync(layout, { recursive: true, force: true });
});

async function pull(
  credentials: Credentials | null = null,
  asked = ':1.0',
  silenceMilliseconds = 2_000,
): Promise<Inventory> {
  const signal = AbortSignal.timeout(20_000);
  const reference = parseReference(`${server.host}/team/app${asked}`);
  if (reference === null) throw new Error('no reference');
  const source = await openRegistryImage(reference, {
    signal,
    platform: 'linux/amd64',
    found: { credentials, remark: null },
    times: { retryMilliseconds: 1, attempts: 4, silenceMilliseconds },
    now: () => clock,
  });
  try {
    return await collectImage(source, { signal, revision: 'test' });
  } finally {
    await source.close();
  }
}

/** What a failed pull says: an error's sentence, or the diagnostics of a partial inventory. It never holds a secret. */
async function complaint(credentials: Credentials | null = null, asked = ':1.0', silence = 2_000): Promise<string> {
  const said = await pull(credentials, asked, silence).then(
    ({ outcome, diagnostics }) => {
      expect(outcome).toBe('partial');
      return JSON.stringify(diagnostics);
    },
    (error: Error) => {
      expect(error.name, error.stack).toBe('AppError');
      return `${error.message} ${error.stack}`;
    },
  );
  for (const secret of SECRETS) {
    expect(said).not.toContain(secret);
  }
  return said;
}

const isLayer = ({ url }: IncomingMessage): boolean => url?.endsWith(layer) ?? false;
const names = ({ packages }: Inventory): readonly string[] => packages.map(({ name }) => name);

function ask(response: ServerResponse, challenge: string): true {
  response.writeHead(401, { 'www-authenticate': challenge }).end();
  return true;
}

function json(response: ServerResponse, body: unknown): true {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  return true;
}

describe('an image is pulled', () => {
  it.each([[':1.0'], ['@DIGEST'], [':ignored@DIGEST']])('by its tag or digest (%s)', async (asked) => {
    const inventory = await pull(null, asked.replace('DIGEST', manifest));

    expect(inventory).toMatchObject({ outcome: 'complete', image: { digest: manifest } });
    expect(names(inventory)).toEqual(['bash']);
    expect(server.requests.find(({ url }) => url?.includes('/manifests/'))?.headers.accept?.split(', ')).toHaveLength(
      4,
    );
  });

  it('with a user and a password where the registry asks for them, and not before', async () => {
    server.interfere = ({ headers }, response) =>
      headers.authorization !== ANN_BASIC && ask(response, 'Basic realm="registry"');

    expect(names(await pull(ANN))).toEqual(['bash']);
    expect(server.requests[0]?.headers.authorization).toBeUndefined();
    expect(await complaint()).toContain(`wants credentials for team/app`);
    expect(await complaint({ ...ANN, password: 'wrong' })).toContain('does not let these credentials read team/app');
  });

  it('with a token that lasts for several requests, and another one when it has run out', async () => {
    let tokens = 0;
    server.interfere = ({ url = '', headers }, response) => {
      if (url.startsWith('/token')) {
        expect(headers.authorization).toBe(ANN_BASIC);
        expect(new URL(url, 'http://x').searchParams.toString()).toBe(
          'service=reg&scope=repository%3Ateam%2Fapp%3Apull',
        );
        tokens += 1;
        return json(response, { token: `${TOKEN}${tokens}`, expires_in: 300 });
      }
      const isKnown = headers.authorization === `Bearer ${TOKEN}${tokens}`;
      // Time passes while the layer is on its way.
      if (isKnown && url.includes('/manifests/')) clock = 299_000;
      const scope = 'repository:team/app:pull,push';
      return !isKnown && ask(response, `Bearer realm="http://${server.host}/token",service="reg",scope="${scope}"`);
    };

    expect(names(await pull(ANN))).toEqual(['bash']);
    expect(tokens).toBe(2);
    expect(server.requests.filter(({ url }) => url?.includes('/blobs/'))).toHaveLength(2);
  });

  it('with an identity token, which goes to the token service in a form', async () => {
    let form = '';
    server.interfere = (request, response) => {
      if (request.url?.startsWith('/token')) {
        request.on('data', (chunk) => {
          form += chunk;
        });
        request.on('end', () => json(response, { access_token: TOKEN }));
        return true;
      }
      const isKnown = request.headers.authorization === `Bearer ${TOKEN}`;
      return !isKnown && ask(response, `Bearer realm="http://${server.host}/token",service="reg"`);
    };

    expect(names(await pull({ kind: 'identity', token: PASSWORD }))).toEqual(['bash']);
    expect(Object.fromEntries(new URLSearchParams(form))).toMatchObject({
      grant_type: 'refresh_token',
      refresh_token: PASSWORD,
      scope: 'repository:team/app:pull',
    });
  });

  it('through redirects to storage, which never see what was shown to the registry', async () => {
    const storage: (string | undefined)[] = [];
    server.interfere = ({ url = '', headers }, response) => {
      if (url.startsWith('/storage')) {
        storage.push(headers.authorization);
        return false;
      }
      if (headers.authorization !== ANN_BASIC) return ask(response, 'Basic');
      if (!url.includes('/blobs/')) return false;
      response.writeHead(307, {
        location: url.replace('/v2/', '/storage/v2/').concat(`?X-Amz-Signature=${SIGNATURE}`),
      });
      response.end();
      return true;
    };
    const before = server.interfere;
    server.interfere = (request, response, count) => {
      const taken = before(request, response, count);
      request.url = request.url?.replace('/storage', '').replace(/\?.*/, '');
      return taken;
    };

    expect(names(await pull(ANN))).toEqual(['bash']);
    expect(storage).toEqual([undefined, undefined]);
  });
});

describe('a registry that has trouble', () => {
  it.each([429, 500, 503, 408])('is asked again after a %s', async (status) => {
    server.interfere = (_request, response, count) => {
      if (count > 0) return false;
      response.writeHead(status, { 'retry-after': '0' }).end();
      return true;
    };

    expect(names(await pull())).toEqual(['bash']);
  });

  it('for good is given up with its reason', async () => {
    server.interfere = (_request, response) => {
      response.writeHead(503).end(PASSWORD);
      return true;
    };

    expect(await complaint(ANN)).toContain('could not be read: it answered 503.');
    expect(server.requests).toHaveLength(4);
  });

  it('goes on with a layer where the connection broke', async () => {
    server.interfere = (request, response, count) => isLayer(request) && count < 3 && breakOff(request, response);

    expect(names(await pull())).toEqual(['bash']);
    const places = server.requests.filter(isLayer).map(({ headers }) => headers.range);
    expect(places[0]).toBeUndefined();
    expect(places).toHaveLength(4);
    expect(new Set(places).size).toBe(4);
  });

  it('and knows no ranges sends a layer again, and its beginning is passed by', async () => {
    server.interfere = (request, response, count) => {
      if (!isLayer(request)) return false;
      delete request.headers.range;
      return count === 0 && breakOff(request, response);
    };

    expect(names(await pull())).toEqual(['bash']);
  });

  it('and breaks off again and again is given up with its reason, and the image is partial', async () => {
    server.interfere = (request, response) => {
      if (!isLayer(request)) return false;
      response.writeHead(request.headers.range ? 206 : 200, {
        'content-length': layerBytes.length,
        ...(request.headers.range ? { 'content-range': `bytes ${request.headers.range.slice(6)}9999999/*` } : {}),
      });
      response.destroy();
      return true;
    };

    expect(await complaint()).toMatch(/could not be read: .*(?:aborted|hang up|ECONNRESET)/);
  });

  it('and falls silent is given up after a while', async () => {
    server.interfere = (request, response, count) => {
      if (!isLayer(request)) return false;
      if (count === 0)
        response.writeHead(200, { 'content-length': layerBytes.length }).write(layerBytes.subarray(0, 9));
      return true;
    };

    expect(await complaint(null, ':1.0', 60)).toContain('it sent nothing for');
  });

  it('and has not the image says so', async () => {
    expect(await complaint(null, ':2.0')).toContain('has no image team/app with 2.0');
  });

  it('and lost a layer leaves the image partial', async () => {
    server.interfere = (request, response) => {
      if (isLayer(request)) response.writeHead(404).end();
      return isLayer(request);
    };

    expect(await complaint()).toContain('the image is not whole');
  });

  it('and names storage whose address has run out is asked for another address', async () => {
    let addresses = 0;
    server.interfere = (request, response) => {
      const { url = '' } = request;
      if (url.startsWith('/storage')) {
        if (url.endsWith(`${SIGNATURE}2`)) {
          request.url = url.replace('/storage', '').replace(/\?.*/, '');
          return false;
        }
        response.writeHead(403).end();
        return true;
      }
      if (!isLayer(request)) return false;
      addresses += 1;
      response.writeHead(307, { location: `/storage${url}?X-Amz-Signature=${SIGNATURE}${addresses}` }).end();
      return true;
    };

    expect(names(await pull())).toEqual(['bash']);
    expect(addresses).toBe(2);
  });

  /** Sends about a third of what is left and hangs up. */
  function breakOff(request: IncomingMessage, response: ServerResponse): true {
    const start = Number(/\d+/.exec(request.headers.range ?? '')?.[0] ?? 0);
    const rest = layerBytes.subarray(start);
    if (start > 0) {
      response.setHeader('content-range', `bytes ${start}-${layerBytes.length - 1}/${layerBytes.length}`);
    }
    response.writeHead(start > 0 ? 206 : 200, { 'content-length': rest.length });
    response.write(rest.subarray(0, rest.length / 3), () => setTimeout(() => response.destroy(), 20));
    return true;
  }
});

describe('a registry that cannot be trusted', () => {
  it('and sends another manifest than it names is not believed', async () => {
    server.interfere = ({ url }, response) => {
      if (!url?.includes('/manifests/')) return false;
      response.writeHead(200, { 'docker-content-digest': manifest }).end('{"schemaVersion":2}');
      return true;
    };

    expect(await complaint()).toContain('has not the digest that it is known by');
    expect(await complaint(null, `@${manifest}`)).toContain('has not the digest that it is known by');
  });

  it('and sends another layer, configuration or size than the manifest names is not believed', async () => {
    const other = Buffer.from(layerBytes);
    other[other.length - 20] = (other[other.length - 20] ?? 0) ^ 1;
    for (const [body, reason] of [
      [other, /digest|incorrect data check|could not be read/],
      [Buffer.concat([layerBytes, Buffer.alloc(9)]), /is not the \d+ bytes long/],
      [layerBytes.subarray(0, 99), /is not the \d+ bytes long/],
    ] as const) {
      server.interfere = (request, response) => {
        if (isLayer(request)) response.writeHead(200, { 'content-length': body.length }).end(body);
        return isLayer(request);
      };
      expect(await complaint()).toMatch(reason);
    }
    server.interfere = (request, response) => {
      const isConfig = (request.url?.includes('/blobs/') ?? false) && !isLayer(request);
      if (isConfig) response.writeHead(200).end('{}');
      return isConfig;
    };
    expect(await complaint()).toContain('it was changed or damaged');
  });

  it('and sends a layer without end, with no length, is stopped at the size of the manifest', async () => {
    server.interfere = (request, response) => {
      if (!isLayer(request)) return false;
      response.writeHead(200);
      response.write(layerBytes);
      const more = setInterval(() => response.write(Buffer.alloc(65_536)), 1);
      response.once('close', () => clearInterval(more));
      return true;
    };

    expect(await complaint()).toMatch(/is not the \d+ bytes long/);
  });

  it('and sends a manifest without end is stopped', async () => {
    server.interfere = (_request, response) => {
      response.writeHead(200);
      const more = setInterval(() => response.write(Buffer.alloc(1_000_000, ' ')), 1);
      response.once('close', () => clearInterval(more));
      return true;
    };

    expect(await complaint()).toContain('is larger than 8 MiB');
  });

  it('and goes on at another place than asked is not believed', async () => {
    server.interfere = (request, response, count) => {
      if (!isLayer(request)) return false;
      if (count === 0) {
        response.writeHead(200, { 'content-length': layerBytes.length });
        response.write(layerBytes.subarray(0, 1000), () => setTimeout(() => response.destroy(), 20));
      } else {
        response.writeHead(206, { 'content-range': `bytes 0-9/${layerBytes.length}` }).end(layerBytes.subarray(0, 10));
      }
      return true;
    };

    expect(await complaint()).toContain('at another place than it was asked to');
  });

  it.each([
    ['http://169.254.169.254/latest/meta-data/', 'link-local'],
    ['http://169.254.170.2/v2/credentials', 'link-local'],
    ['http://2852039166/latest', 'link-local'],
    ['http://[fe80::1]/', 'link-local'],
    ['http://[fd00:ec2::254]/latest', 'link-local'],
    ['http://[::ffff:169.254.169.254]/latest', 'link-local'],
    ['file:///etc/passwd', 'not https'],
    ['http://', 'no address'],
  ])('and redirects to %s is not followed', async (location, reason) => {
    server.interfere = (_request, response) => {
      response.writeHead(307, { location }).end();
      return true;
    };

    expect(await complaint()).toContain(reason);
  });

  it.each([
    ['http://169.254.169.254/token', 'not https'],
    ['https://169.254.169.254/token', 'link-local'],
    ['http://tokens.example.com/', 'not https'],
    ['https://ann@tokens.example.com/', 'not https'],
    ['no address', 'not https'],
  ])('and sends for tokens to %s gets no credentials', async (realm, reason) => {
    server.interfere = (_request, response) => ask(response, `Bearer realm="${realm}",service="x"`);

    expect(await complaint(ANN)).toContain(reason);
  });

  it.each([['169.254.169.254/a/b'], ['[fe80::1]:5000/a/b']])('is not asked at %s', async (text) => {
    const reference = parseReference(text);
    const options = {
      platform: 'linux/amd64',
      signal: AbortSignal.timeout(5_000),
      found: { credentials: ANN, remark: null },
    };

    await expect(reference && openRegistryImage(reference, options)).rejects.toThrow('link-local');
  });

  it('and redirects in a circle is left', async () => {
    server.interfere = ({ url }, response) => {
      response.writeHead(302, { location: url ?? '' }).end();
      return true;
    };

    expect(await complaint()).toContain('it redirects more than 5 times');
  });

  it('and gives a token that could not be sent is not believed', async () => {
    for (const body of [{ token: 'a\r\nb' }, { token: '' }, [], { token: 5 }]) {
      server.interfere = ({ url }, response) =>
        url?.startsWith('/token') ? json(response, body) : ask(response, `Bearer realm="http://${server.host}/token"`);
      expect(await complaint(ANN)).toContain('gave no token that could be used');
    }
  });

  it('and repeats what it was shown in its answers does not get it into ours', async () => {
    server.interfere = ({ headers, url }, response) => {
      if (url?.startsWith('/token')) return json(response, { token: TOKEN });
      if (headers.authorization === undefined) return ask(response, `Bearer realm="http://${server.host}/token"`);
      response.writeHead(403, `no ${TOKEN}`, { 'docker-content-digest': `${TOKEN}${PASSWORD}` });
      response.end(JSON.stringify({ errors: [{ code: 'DENIED', message: `${TOKEN} ${headers.authorization}` }] }));
      return true;
    };

    expect(await complaint(ANN)).toContain('answered 403');
  });
});

it('a manifest of the first schema is named as that', async () => {
  server.interfere = (_request, response) => {
    const type = 'application/vnd.docker.distribution.manifest.v1+prettyjws';
    response.writeHead(200, { 'content-type': type, 'docker-content-digest': sha256('other') }).end('{}');
    return true;
  };

  expect(await complaint()).toContain('schema version 1');
});

it('an index of platforms leads to the wanted one', async () => {
  const tar = await layerTar({ 'etc/os-release': 'ID=debian\nVERSION_ID="12"\n', 'var/lib/dpkg/status': STATUS });
  const [amd, arm] = writeOciLayout(layout, [
    { layers: [{ tar }], platform: ['linux', 'arm64'] },
    { layers: [{ tar }], platform: ['linux', 'amd64'] },
  ]);
  const index = JSON.stringify({
    schemaVersion: 2,
    manifests: [
      { digest: amd, platform: { os: 'linux', architecture: 'arm64' } },
      { digest: arm, platform: { os: 'linux', architecture: 'amd64' } },
    ],
  });
  writeFileSync(join(layout, 'blobs', sha256(index).replace(':', '/')), index);

  const { image } = await pull(null, `@${sha256(index)}`);

  expect(image).toMatchObject({ digest: arm, platform: 'linux/amd64' });
});
