import { AppError } from '../core/model/app-error.ts';
import type { RegistryCredential, RegistryCredentialStore } from '../core/ports/registry-credential-store.ts';
import { seal, unseal } from './sealed.ts';
import type { Sql } from './sql.ts';

/** `secret` is the installation's own; without one nothing can be kept or opened. */
export function createRegistryCredentialStore(sql: Sql, secret: string | null): RegistryCredentialStore {
  return {
    list: () => sql.query<RegistryCredential>(LIST),
    async save({ host, username, password }, by, now) {
      await sql.query(SAVE, [host, username, seal(password, purposeOf(host), secret), by, now]);
    },
    async remove(host) {
      const removed = await sql.query('delete from registry_credential where host = $1::text returning 1', [host]);
      return removed.length > 0;
    },
    async open(host) {
      const [row] = await sql.query<{ username: string; sealed: Uint8Array }>(
        'select username, sealed from registry_credential where host = $1::text',
        [host],
      );
      if (row === undefined) {
        return null;
      }
      const password = unseal(row.sealed, purposeOf(host), secret);
      if (password === null) {
        throw new AppError(
          'unavailable',
          `The password of ${host} was kept under another HARRIER_SECRET and cannot be read. Enter it again under Settings, Registries.`,
        );
      }
      return { username: row.username, password };
    },
  };
}

function purposeOf(host: string): string {
  return `registry ${host}`;
}

const LIST = `
select host, username, updated_by as "updatedBy", updated_at as "updatedAt" from registry_credential order by host`;

const SAVE = `
insert into registry_credential (host, username, sealed, updated_by, updated_at)
values ($1::text, $2::text, $3::bytea, $4::text, $5::timestamptz)
on conflict (host) do update set username = excluded.username, sealed = excluded.sealed,
  updated_by = excluded.updated_by, updated_at = excluded.updated_at
returning 1`;
