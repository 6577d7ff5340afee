// `node lib/testing/report-writer.ts DATABASE_URL PROGRESS_FILE STEPS SEED`: writes a history of reports, one transaction a
// step, and notes each step after it. Started again, it goes on from the note, so a step whose commit outran its note is
// told twice. A test kills it, and its database, at any moment.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Outcome } from '../core/model/diagnostic.ts';
import type { Origin } from '../core/model/resource.ts';
import { openDatabase } from '../store/client.ts';
import { openStores } from '../store/open-stores.ts';
import { createRandom, pick } from './random.ts';
import { addResource, NOON, observationOf, reportFindings } from './store-fixture.ts';

const RESOURCES = 4;
const FLAWS = 25;
const STEP_MS = 60_000;
const TRIES_MAX = 600;

const [url = '', progress = '', steps = '0', seed = '1'] = process.argv.slice(2);
const database = openDatabase(url);
const stores = openStores(database);
for (let tries = 0; ; tries += 1) {
  try {
    for (let step = noted(); step < Number(steps); step += 1) {
      await write(step);
      writeFileSync(progress, String(step + 1));
    }
    break;
  } catch (error) {
    // The database is killed too; it comes back.
    if (tries >= TRIES_MAX) throw error;
    await wait(100);
  }
}
await stores.close();
await database.close();

function noted(): number {
  return existsSync(progress) ? Number(readFileSync(progress, 'utf8')) : 0;
}

/** The same step is the same report, whenever it is told. One in five comes late. */
async function write(step: number): Promise<void> {
  const random = createRandom(Number(seed) * 10_007 + step);
  const resource = await addResource(stores, `i-${Math.floor(random() * RESOURCES)}`);
  const isLate = random() < 0.2;
  const place = isLate ? Math.max(0, step - 1 - Math.floor(random() * 5)) : step;
  const at = new Date(NOON.getTime() + place * STEP_MS + (isLate ? step + 1 : 0));
  const observations = Array.from({ length: FLAWS }, (_, n) => n)
    .filter(() => random() < 0.5)
    .map((n) =>
      observationOf(resource, `CVE-2026-${n}`, {
        score: Math.floor(random() * 100) / 10,
        severity: pick(random, ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']),
      }),
    );
  const outcome = pick<Outcome>(random, ['complete', 'complete', 'partial', 'failed']);
  const origin = pick<Origin>(random, ['harrier', 'harrier', 'security-hub']);
  await reportFindings(stores, resource, observations, { at, outcome, origin });
}
