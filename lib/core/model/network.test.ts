import { expect, it } from 'vitest';
import { OPEN_SSH } from '../../testing/network-evidence.ts';
import { portsWord } from './network.ts';

it('ports are a number or a range', () => {
  expect(portsWord(OPEN_SSH)).toBe('22/tcp');
  expect(portsWord({ begin: 0, end: 21, protocol: 'UDP' })).toBe('0-21/udp');
});
