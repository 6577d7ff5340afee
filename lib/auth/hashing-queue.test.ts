import { expect, it } from 'vitest';
import { hashingQueue } from './hashing-queue.ts';

it('runs two at once, lets three wait and refuses the rest', async () => {
  const queue = hashingQueue(2, 3);
  const open: (() => void)[] = [];
  let most = 0;
  let running = 0;
  const work = async (): Promise<void> => {
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((done) => open.push(done));
    running -= 1;
  };

  const results = Promise.allSettled(Array.from({ length: 7 }, () => queue(work)));
  for (let turn = 0; turn < 20; turn += 1) {
    open.shift()?.();
    await Promise.resolve();
    await new Promise((go) => setImmediate(go));
  }

  const states = (await results).map((result) => result.status);
  expect(most).toBe(2);
  expect(states.filter((state) => state === 'fulfilled')).toHaveLength(5);
  expect(states.slice(5)).toEqual(['rejected', 'rejected']);
});

it('gives its place back when the work fails', async () => {
  const queue = hashingQueue(1, 0);

  await expect(queue(() => Promise.reject(new Error('no')))).rejects.toThrow('no');

  await expect(queue(async () => 'next')).resolves.toBe('next');
});
