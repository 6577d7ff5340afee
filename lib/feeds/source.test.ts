import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FeedFile, feedOrigin, openFeed } from './source.ts';

const content = Buffer.from('0123456789'.repeat(5000));
const sha256 = createHash('sha256').update(content).digest('hex');
const md5 = createHash('md5').update(content).digest('base64');
type Answer = (request: IncomingMessage, response: ServerResponse, count: number) => void;

let downloads: string;
let server: Server;
let base: string;
let requests: IncomingMessage[];
let answer: Answer;

beforeEach(async () => {
  downloads = mkdtempSync(join(tmpdir(), 'harrier-downloads-'));
  requests = [];
  server = createServer((request, response) => {
    requests.push(request);
    answer(request, response, requests.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(downloads, { recursive: true, force: true });
});

function open(knownSha256: string | null = null, silenceMilliseconds = 2000): Promise<FeedFile> {
  return openFeed('osv/Red Hat', {
    origin: feedOrigin(`${base}/mirror`),
    downloads,
    knownSha256,
    signal: new AbortController().signal,
    times: { retryMilliseconds: 1, attempts: 3, silenceMilliseconds },
    onBytes: () => undefined,
  });
}

const whole: Answer = (_, response) => {
  response.writeHead(200, { etag: '"v1"', 'content-length': content.length, 'x-goog-hash': `crc32c=x, md5=${md5}` });
  response.end(content);
};

describe('a download', () => {
  it('asks for the path of the mirror and hands over a checked file', async () => {
    answer = whole;
    const file = await open();

    expect(requests[0]?.url).toBe('/mirror/osv/Red%20Hat/all.zip');
    expect([file.sha256, file.bytes]).toEqual([sha256, content.length]);
    expect(readFileSync(file.path ?? '').equals(content)).toBe(true);
  });

  it('goes on where the connection broke, under the same tag', async () => {
    answer = (request, response, count) => {
      if (count === 1) {
        response.writeHead(200, { etag: '"v1"', 'content-length': content.length });
        response.write(content.subarray(0, 20_000), () => setTimeout(() => response.destroy(), 20));
        return;
      }
      const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1]);
      response.writeHead(206, {
        etag: '"v1"',
        'content-length': content.length - start,
        'content-range': `bytes ${start}-${content.length - 1}/${content.length}`,
      });
      response.end(content.subarray(start));
    };
    const file = await open();

    expect(file.sha256).toBe(sha256);
    expect(requests[1]?.headers['if-range']).toBe('"v1"');
  });

  it('starts afresh when the content changed in between', async () => {
    mkdirSync(join(downloads, 'osv/Red Hat'), { recursive: true });
    const path = join(downloads, 'osv/Red Hat/all.zip');
    writeFileSync(`${path}.part`, 'old beginning');
    const url = `${base}/mirror/osv/Red%20Hat/all.zip`;
    writeFileSync(`${path}.part.json`, JSON.stringify({ url, etag: '"v0"', sha256: '', bytes: 99 }));
    answer = whole;

    expect((await open()).sha256).toBe(sha256);
    expect(requests[0]?.headers['if-range']).toBe('"v0"');
  });

  it('of known content asks for changes only', async () => {
    answer = whole;
    const first = await open();
    rmSync(first.path ?? '');
    answer = (request, response) => {
      response.writeHead(request.headers['if-none-match'] === '"v1"' ? 304 : 500);
      response.end();
    };

    expect(await open(sha256)).toEqual({ sha256, bytes: content.length, path: null });
  });

  it('fetches everything again when the file is gone and the content is not known', async () => {
    answer = whole;
    const first = await open();
    rmSync(dirname(first.path ?? ''), { recursive: true });

    expect((await open()).sha256).toBe(sha256);
    expect(requests[1]?.headers['if-none-match']).toBeUndefined();
  });

  it('tries again after a fault of the server', async () => {
    answer = (request, response, count) => {
      if (count < 3) {
        response.writeHead(503, { 'retry-after': '0' });
        response.end();
      } else {
        whole(request, response, count);
      }
    };

    expect((await open()).sha256).toBe(sha256);
  });

  it('follows a redirect of a plain mirror within its kind', async () => {
    answer = (request, response, count) => {
      if (count === 1) {
        response.writeHead(302, { location: '/elsewhere' });
        response.end();
      } else {
        whole(request, response, count);
      }
    };

    expect((await open()).sha256).toBe(sha256);
    expect(requests[1]?.url).toBe('/elsewhere');
  });
});

describe('a download is refused with a sentence when', () => {
  const refusal =
    /^Red Hat advisories \(OSV\) could not be fetched from 127\.0\.0\.1:\d+: (.*)\. Check the connection, or set HARRIER_FEEDS to a mirror/;
  const reasonOf = async (silenceMilliseconds?: number) => {
    const error = await open(null, silenceMilliseconds).catch((caught: Error) => caught);
    return refusal.exec((error as Error).message)?.[1];
  };

  it('the server keeps failing', async () => {
    answer = (_, response) => response.writeHead(500).end();

    expect(await reasonOf()).toBe('it answered 500');
    expect(requests).toHaveLength(3);
  });

  it('the feed is not there, without asking twice', async () => {
    answer = (_, response) => response.writeHead(404).end();

    expect(await reasonOf()).toBe('it answered 404');
    expect(requests).toHaveLength(1);
  });

  it('the checksum does not fit', async () => {
    answer = (_, response) => response.writeHead(200, { 'x-goog-hash': `md5=${'A'.repeat(22)}==` }).end(content);

    expect(await reasonOf()).toContain('checksum');
  });

  it('the server is silent', async () => {
    answer = () => undefined;

    expect(await reasonOf(30)).toContain('it sent nothing for');
  });

  it('it leads to a file or another kind of address', async () => {
    answer = (_, response) => response.writeHead(302, { location: 'ftp://127.0.0.1/all.zip' }).end();

    expect(await reasonOf()).toContain('which is not https');
  });

  it('it redirects for ever', async () => {
    answer = (_, response) => response.writeHead(302, { location: '/again' }).end();

    expect(await reasonOf()).toContain('redirects more than');
  });

  it('it is larger than any feed', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': 5 * 1024 ** 3 });
      response.write('x');
    };

    expect(await reasonOf()).toContain('more than');
  });

  it('nobody answers', async () => {
    await new Promise((resolve) => server.close(resolve));

    expect(await reasonOf()).toContain('ECONNREFUSED');
  });
});
