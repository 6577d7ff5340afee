import type { RegistryCredential as Kept } from '../../core/ports/registry-credential-store.ts';
import type { Operation } from '../operation.ts';

/** A sign-in as Settings shows it. */
export type RegistryCredential = Kept;

/** Registries with the names that sign in to them. Passwords are no part of any answer. */
export const listRegistryCredentials: Operation<null, readonly RegistryCredential[]> = {
  name: 'ListRegistryCredentials',
  permission: 'settings:read',
  parse: () => null,
  run: (deps) => deps.registryCredentials.list(),
};
