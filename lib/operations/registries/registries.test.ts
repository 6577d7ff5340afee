import { describe, expect, it } from 'vitest';
import { type Caller, ROLES, type Role } from '../../core/model/permissions.ts';
import type { RegistryCredentialStore } from '../../core/ports/registry-credential-store.ts';
import type { Dependencies } from '../dependencies.ts';
import { runOperation } from '../operation.ts';
import { listRegistryCredentials } from './list-registry-credentials.ts';
import { removeRegistryCredential } from './remove-registry-credential.ts';
import { saveRegistryCredential } from './save-registry-credential.ts';

const NOON = new Date('2026-11-20T12:00:00.000Z');

function bench(role: Role) {
  const kept = new Map<string, { username: string; password: string }>();
  const said: string[] = [];
  const registryCredentials: RegistryCredentialStore = {
    list: async () => [...kept].map(([host, { username }]) => ({ host, username, updatedBy: 'x', updatedAt: NOON })),
    save: async ({ host, username, password }) => void kept.set(host, { username, password }),
    remove: async (host) => kept.delete(host),
    open: async (host) => kept.get(host) ?? null,
  };
  const users = {
    sessionsOf: async () => [],
    recordActivity: async (activity: object) => void said.push(JSON.stringify(activity)),
  };
  const deps = {
    registryCredentials,
    users,
    clock: { now: () => NOON },
    atomically: (work: (inside: Dependencies) => Promise<unknown>) => work(deps),
  } as unknown as Dependencies;
  const caller: Caller = {
    userId: 'u',
    name: 'Ines',
    email: 'ines@example.com',
    role,
    accounts: null,
    sessionId: 's',
  };
  return { deps, caller, kept, said };
}

const given = { host: 'https://Registry.example.com/', username: 'ines', password: 'correct horse' };

describe('sign-ins of registries', () => {
  it('are kept under the host, and the record of it holds no password', async () => {
    const { deps, caller, kept, said } = bench('admin');

    await runOperation(saveRegistryCredential, deps, caller, given);
    const list = await runOperation(listRegistryCredentials, deps, caller, null);

    expect([...kept.keys()]).toEqual(['registry.example.com']);
    expect(said).toHaveLength(1);
    expect(said.join() + JSON.stringify(list)).not.toContain('correct horse');
  });

  it.each([
    [{ ...given, host: 'no host' }, 'host'],
    [{ ...given, host: 'a:b@registry.example.com' }, 'host'],
    [{ ...given, username: ' ' }, 'username'],
    [{ ...given, password: '' }, 'password'],
  ])('are refused at the field that is wrong: %j', async (input, field) => {
    const { deps, caller } = bench('admin');

    await expect(runOperation(saveRegistryCredential, deps, caller, input)).rejects.toMatchObject({
      code: 'invalid-input',
      fields: { [field]: expect.any(String) },
    });
  });

  it('of which there are none cannot be removed', async () => {
    const { deps, caller } = bench('admin');

    await expect(runOperation(removeRegistryCredential, deps, caller, { host: 'x' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('are changed by administrators and seen by security and administrators alone', async () => {
    for (const role of ROLES) {
      const { deps, caller } = bench(role);
      const allowed = async (work: Promise<unknown>) => work.then(() => true).catch(() => false);

      expect(await allowed(runOperation(saveRegistryCredential, deps, caller, given)), role).toBe(role === 'admin');
      expect(await allowed(runOperation(listRegistryCredentials, deps, caller, null)), role).toBe(
        role === 'admin' || role === 'security',
      );
    }
  });
});
