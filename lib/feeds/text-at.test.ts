import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PassingError } from '../http/retrying.ts';
import { FeedError } from './feed-error.ts';
import { textAt } from './text-at.ts';

let server: Server;
let asked: number;
let answer: (response: ServerResponse, count: number) => void;

beforeEach(async () => {
  asked = 0;
  server = createServer((_, response) => {
    asked += 1;
    answer(response, asked);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function read(): Promise<string> {
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/repomd.xml`);
  const times = { retryMilliseconds: 1, attempts: 3, silenceMilliseconds: 300 };
  return textAt(url, { bytesMax: 100, signal: new AbortController().signal, times });
}

it('a server that is busy is asked again', async () => {
  answer = (response, count) => response.writeHead(count === 1 ? 503 : 200).end(count === 1 ? '' : 'text');

  expect(await read()).toBe('text');
});

it('what is not there is not asked for again', async () => {
  answer = (response) => response.writeHead(404).end();

  await expect(read()).rejects.toThrow(/^127\.0\.0\.1:\d+ answered 404 for \/repomd\.xml$/);
  expect(asked).toBe(1);
});

it('more than accepted is not read to its end', async () => {
  answer = (response) => response.write('x'.repeat(101));

  await expect(read()).rejects.toThrow(FeedError);
  expect(asked).toBe(1);
});

it('a slow server is waited for as long as it goes on, and a silent one is given up', async () => {
  answer = async (response) => {
    for (let n = 0; n < 5; n += 1) {
      response.write('x');
      await sleep(100);
    }
    response.end();
  };
  expect(await read()).toBe('xxxxx');

  answer = (response) => response.write('x');
  const failure = await read().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(PassingError);
  expect(failure).toMatchObject({ message: 'it sent nothing for 0 seconds' });
});
