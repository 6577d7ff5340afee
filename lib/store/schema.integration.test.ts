import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStoreFixture, type StoreFixture } from '../testing/store-fixture.ts';
import { Prisma } from './generated/client.ts';

let fixture: StoreFixture;

beforeAll(async () => {
  fixture = await openStoreFixture();
});

afterAll(() => fixture?.close());

describe('the schema', () => {
  it.each(Object.values(Prisma.ModelName))('the migrations make every column of %s', async (model) => {
    const name = `${model.charAt(0).toLowerCase()}${model.slice(1)}` as Uncapitalize<typeof model>;
    const table = fixture.database.prisma[name] as unknown as { findFirst(): Promise<unknown> };

    // Null where the table is empty; a column that is missing is an error.
    await expect(table.findFirst()).resolves.toBeDefined();
  });
});
