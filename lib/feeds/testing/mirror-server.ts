import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** A mirror that is served by HTTP, for tests. */
export interface MirrorServer {
  readonly url: string;
  /** Every path that was asked for, in order. */
  readonly asked: string[];
  /** Paths that are answered with 503, as by a server that is overloaded. */
  readonly overloaded: Set<string>;
  close(): void;
}

export async function serveMirror(mirror: string): Promise<MirrorServer> {
  const asked: string[] = [];
  const overloaded = new Set<string>();
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    if (overloaded.has(url)) {
      response.writeHead(503).end();
      return;
    }
    try {
      response.end(readFileSync(join(mirror, decodeURIComponent(url))));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    overloaded,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
