import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** A mirror that is served by HTTP, for tests. */
export interface MirrorServer {
  readonly url: string;
  /** Every path that was asked for, in order. */
  readonly asked: string[];
  /** From the given answer on, the path is answered with 503, as by a server that is overloaded. */
  overload(path: string, after?: number): void;
  close(): void;
}

export async function serveMirror(mirror: string): Promise<MirrorServer> {
  const asked: string[] = [];
  const answersLeft = new Map<string, number>();
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const left = answersLeft.get(url) ?? Number.POSITIVE_INFINITY;
    answersLeft.set(url, left - 1);
    if (left <= 0) {
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
    overload: (path, after = 0) => void answersLeft.set(path, after),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
