import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { staticFiles } from './static-files.ts';

const SCRIPT = 'console.log("Harrier");'.repeat(100);
let folder: string;
let server: Server;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'harrier-static-'));
  mkdirSync(join(folder, 'chunks'));
  writeFileSync(join(folder, 'chunks', 'a.js'), SCRIPT);
  writeFileSync(join(folder, 'chunks', 'a.js.br'), brotliCompressSync(SCRIPT));
  writeFileSync(join(folder, 'chunks', 'a.js.gz'), gzipSync(SCRIPT));
  writeFileSync(join(folder, 'small.css'), 'a{}');
  const files = staticFiles(folder);
  server = createServer((request, response) => {
    files(request, response, () => response.writeHead(404).end(`page ${request.url}`));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Without a client that decompresses by itself. */
function ask(path: string, encodings: string): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', path, headers: { 'accept-encoding': encodings } }, async (response) => {
      const body = Buffer.concat(await response.toArray());
      resolve({ status: response.statusCode, headers: response.headers, body });
    }).on('error', reject);
  });
}

describe('files of the build', () => {
  it('come as brotli to who takes it', async () => {
    const { headers, body } = await ask('/_next/static/chunks/a.js', 'gzip, deflate, br');

    expect(headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': expect.stringContaining('javascript'),
      'cache-control': 'public,max-age=31536000,immutable',
      'x-content-type-options': 'nosniff',
    });
    expect(brotliDecompressSync(body).toString()).toBe(SCRIPT);
  });

  it('come as gzip to who takes no brotli, and plain to who takes neither', async () => {
    const packed = await ask('/_next/static/chunks/a.js', 'gzip');
    const plain = await ask('/_next/static/chunks/a.js', 'identity');

    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(packed.body).toString()).toBe(SCRIPT);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.body.toString()).toBe(SCRIPT);
  });

  it('come as they are where nothing was compressed', async () => {
    const { headers, body } = await ask('/_next/static/small.css', 'br, gzip');

    expect(headers['content-encoding']).toBeUndefined();
    expect(body.toString()).toBe('a{}');
  });

  it.each(['/_next/static/chunks/b.js', '/_next/static/../../package.json', '/findings', '/_next/image'])(
    'leave what is no file of theirs to the pages: %s',
    async (path) => {
      const { status, body } = await ask(path, 'br');

      expect(status).toBe(404);
      expect(body.toString()).toBe(`page ${path}`);
    },
  );
});
