import type { Role } from '../core/model/permissions.ts';
import type { UserRecord, UserStore } from '../core/ports/user-store.ts';
import type { TransactionClient } from './client.ts';
import type { User } from './generated/client.ts';
import { sessionMethods } from './session-rows.ts';
import { setupCodeMethods } from './setup-codes.ts';
import { toStorable } from './to-json.ts';

export function createUserStore(client: TransactionClient): UserStore {
  return {
    ...userMethods(client),
    ...sessionMethods(client),
    ...setupCodeMethods(client),
    ...settingMethods(client),
  };
}

function userMethods(client: TransactionClient) {
  return {
    count: () => client.user.count(),
    async list() {
      const rows = await client.user.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
      return rows.map(toUserRecord);
    },
    async byId(id) {
      const row = await client.user.findUnique({ where: { id: toStorable(id) } });
      return row === null ? null : toUserRecord(row);
    },
    async byEmail(email) {
      // Addresses are kept in lower case, which is what the unique index compares.
      const row = await client.user.findFirst({ where: { email: toStorable(email).toLowerCase() } });
      return row === null ? null : toUserRecord(row);
    },
    async create(user) {
      await client.user.create({
        data: {
          id: user.id,
          email: user.email.toLowerCase(),
          name: user.name,
          role: user.role,
          ...toAccountColumns(user.accounts),
          teams: [...(user.teams ?? [])],
          passwordHash: user.passwordHash,
          createdAt: user.createdAt,
        },
      });
    },
    async update(id, { accounts, teams, ...change }) {
      await client.user.update({
        where: { id },
        data: {
          ...change,
          ...(teams === undefined ? {} : { teams: [...teams] }),
          ...(accounts === undefined ? {} : toAccountColumns(accounts)),
        },
      });
    },
  } satisfies Partial<UserStore>;
}

function settingMethods(client: TransactionClient) {
  return {
    async setting(name) {
      const row = await client.setting.findUnique({ where: { name } });
      return row?.value ?? null;
    },
    async saveSetting(name, value, userId, now) {
      const json = JSON.parse(JSON.stringify(value ?? null));
      const columns = { value: json, updatedBy: userId, updatedAt: now };
      await client.setting.upsert({ where: { name }, create: { name, ...columns }, update: columns });
    },
    async recordActivity(entry) {
      await client.activity.create({
        data: {
          at: entry.at,
          actor: toStorable(entry.actor),
          action: toStorable(entry.action),
          object: toStorable(entry.object),
          detail: toStorable(entry.detail),
          address: toStorable(entry.address),
          // An act that was about no account at all is shown like one about the installation.
          accounts: entry.accounts?.length ? entry.accounts.toSorted().join(',') : null,
          record: entry.record === undefined ? null : toStorable(JSON.stringify(entry.record)),
        },
      });
    },
  } satisfies Partial<UserStore>;
}

function toAccountColumns(accounts: readonly string[] | null) {
  return { allAccounts: accounts === null, accounts: [...(accounts ?? [])] };
}

function toUserRecord(row: User): UserRecord {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role as Role,
    accounts: row.allAccounts ? null : row.accounts,
    teams: row.teams,
    passwordHash: row.passwordHash,
    disabled: row.disabled,
    createdAt: row.createdAt,
    lastSignInAt: row.lastSignInAt,
  };
}
