import { describe, expect, it } from 'vitest';
import type { Caller, Role } from '../../core/model/permissions.ts';
import type { Dependencies } from '../dependencies.ts';
import { runOperation } from '../operation.ts';
import { receiveUpload } from './receive-upload.ts';

const NOON = new Date('2026-11-20T12:00:00.000Z');

function bench(role: Role = 'triage') {
  const removedBefore: Date[] = [];
  const uploads = {
    removeSpent: async (before: Date) => void removedBefore.push(before),
    save: async (about: object, body: AsyncIterable<Uint8Array>) => {
      let bytes = 0;
      for await (const chunk of body) bytes += chunk.length;
      return { id: 'id', bytes, ...about };
    },
  };
  const deps = { uploads, clock: { now: () => NOON } } as unknown as Dependencies;
  const caller: Caller = { userId: 'u', name: 'I', email: 'i@example.com', role, accounts: null, sessionId: 's' };
  return { removedBefore, receive: (input: unknown) => runOperation(receiveUpload, deps, caller, input) };
}

async function* body() {
  yield new Uint8Array(3);
  yield new Uint8Array(4);
}

describe('a file', () => {
  it('is taken in under its name, and what came more than a day ago goes', async () => {
    const { receive, removedBefore } = bench();

    const upload = await receive({ name: ' app.tar ', kind: 'image', body: body() });

    expect(upload).toEqual({ id: 'id', name: 'app.tar', kind: 'image', bytes: 7 });
    expect(removedBefore).toEqual([new Date('2026-11-19T12:00:00.000Z')]);
  });

  it.each([
    { name: '', kind: 'image', body: body() },
    { name: 'a\nb', kind: 'image', body: body() },
    { name: 'a', kind: 'virus', body: body() },
    { name: 'a', kind: 'image', body: null },
    null,
  ])('without a name, a kind or a content is refused', async (input) => {
    await expect(bench().receive(input)).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('is taken from those who may scan', async () => {
    await expect(bench('viewer').receive({ name: 'a', kind: 'image', body: body() })).rejects.toMatchObject({
      code: 'access-denied',
    });
  });
});
