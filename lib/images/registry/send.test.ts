import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Connections, openConnections } from './send.ts';

let server: Server;
let connections: Connections;
let asked = 0;

beforeEach(async () => {
  asked = 0;
  server = createServer((_request, response) => {
    asked += 1;
    response.end('here');
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  connections = openConnections();
});

afterEach(() => {
  connections.close();
  server.closeAllConnections();
  server.close();
});

function send(host: string, mayBeLoopback: boolean): Promise<unknown> {
  const url = new URL(`http://${host}:${(server.address() as AddressInfo).port}/`);
  const signal = AbortSignal.timeout(5_000);
  return connections.send(url, { headers: {}, signal, silenceMilliseconds: 1_000, mayBeLoopback });
}

describe('a stranger who names this machine', () => {
  it.each([['localhost'], ['127.0.0.1'], ['127.1'], ['0.0.0.0'], ['[::1]'], ['[::ffff:127.0.0.1]']])(
    'as %s is refused before anything is sent',
    async (host) => {
      await expect(send(host, false)).rejects.toThrow('its address is this machine');
      expect(asked).toBe(0);
    },
  );

  it('is answered where the user named it', async () => {
    await send('localhost', true);

    expect(asked).toBe(1);
  });
});
