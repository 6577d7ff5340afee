import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestContext } from 'vitest';

/** Where scripts/find-peers.mjs unpacks what must not be installed. */
const UNPACKED = fileURLToPath(new URL('../../node_modules/.cache/peers/usr/bin', import.meta.url));

/** Path of a program of the system; null where it is not installed. Debian keeps some where only administrators look. */
export function programPath(name: string): string | null {
  const places = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', UNPACKED];
  return places.map((place) => join(place, name)).find((path) => existsSync(path)) ?? null;
}

/** Paths of programs that a test is run against. Without one it skips with a reason; under CI its absence is a failure. */
export function peerPrograms<const N extends string>(ctx: TestContext, names: readonly N[]): Record<N, string> {
  const found = names.map((name) => [name, programPath(name)] as const);
  const missing = found.filter(([, path]) => path === null).map(([name]) => name);
  if (missing.length > 0) {
    const reason = `${missing.join(', ')} not installed: "npm test" installs what it needs where apt-get works`;
    if (process.env.CI === 'true') {
      throw new Error(reason);
    }
    ctx.skip(reason);
  }
  return Object.fromEntries(found) as Record<N, string>;
}
