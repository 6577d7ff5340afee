import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ecosystemOfOsv } from '../lib/core/ecosystems/registry.ts';
import type { PackageQuery } from '../lib/core/scan/package/query.ts';
import { zipOf } from '../lib/feeds/testing/zip-of.ts';

/** Questions that go into one run; its answer repeats every record in full, and has to fit into one text. */
const BATCH_MAX = 400;
const OUTPUT_BYTES_MAX = 500_000_000;

/** Ids by `questionKey`; a question that it left out has none. */
export type Answers = ReadonlyMap<string, readonly string[]>;

/** The program, which `OSV_SCANNER` names where it is not on the path. */
export function osvScanner(): string {
  return process.env.OSV_SCANNER ?? 'osv-scanner';
}

/** The version of osv-scanner that can be run; null where there is none. */
export function osvScannerVersion(): string | null {
  try {
    const text = execFileSync(osvScanner(), ['--version'], { encoding: 'utf8' });
    return /version:?\s*(\S+)/.exec(text)?.[1] ?? 'of unknown version';
  } catch {
    // Not installed: the report leaves the comparison out and says so.
    return null;
  }
}

/** Asks about packages of one ecosystem with the archive of a mirror, or says why it cannot be asked. */
export function askOsvScanner(
  mirror: string,
  ecosystem: string,
  questions: readonly PackageQuery[],
  area: string,
): Answers | { readonly cannot: string } {
  const place = mkdtempSync(join(area, 'ask-'));
  try {
    mkdirSync(join(place, 'osv-scanner'));
    symlinkSync(resolve(mirror, 'osv', ecosystem), join(place, 'osv-scanner', ecosystem));
    return askIn(place, questions);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** How osv-scanner orders pairs of versions, by asking it about records made for that: -1, 0 or 1 for each pair. */
export function ordersOf(
  ecosystem: string,
  pairs: readonly (readonly [a: string, b: string])[],
  area: string,
): readonly number[] {
  const place = mkdtempSync(join(area, 'order-'));
  try {
    const records = pairs.flatMap(([, b], number) => [
      orderRecord(ecosystem, number, 'below', [{ introduced: '0' }, { fixed: b }]),
      orderRecord(ecosystem, number, 'not-above', [{ introduced: '0' }, { last_affected: b }]),
    ]);
    mkdirSync(join(place, 'osv-scanner', ecosystem), { recursive: true });
    const archive = zipOf(Object.fromEntries(records.map((record) => [`${record.id}.json`, JSON.stringify(record)])));
    writeFileSync(join(place, 'osv-scanner', ecosystem, 'all.zip'), archive);
    const questions = pairs.map(([version], number) => ({ ecosystem, name: `pair-${number}`, version }));
    const answers = askIn(place, questions);
    if ('cannot' in answers) {
      throw new Error(`osv-scanner does not order versions of ${ecosystem}: ${answers.cannot}`);
    }
    return questions.map((question, number) => {
      const ids = answers.get(questionKey(question)) ?? [];
      if (ids.includes(`PAIR-${number}-below`)) {
        return -1;
      }
      return ids.includes(`PAIR-${number}-not-above`) ? 0 : 1;
    });
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** One text for a question and for its answer, which spells names as the program pleases. */
export function questionKey({ ecosystem, name, version }: PackageQuery): string {
  return JSON.stringify([ecosystem, ecosystemOfOsv(ecosystem)?.normalizeName(name) ?? name, version]);
}

function orderRecord(ecosystem: string, number: number, word: string, events: readonly Record<string, string>[]) {
  return {
    id: `PAIR-${number}-${word}`,
    modified: '2024-01-01T00:00:00Z',
    affected: [{ package: { ecosystem, name: `pair-${number}` }, ranges: [{ type: 'ECOSYSTEM', events }] }],
  };
}

function askIn(place: string, questions: readonly PackageQuery[]): Answers | { readonly cannot: string } {
  const answers = new Map<string, readonly string[]>();
  for (const batch of batchesOf(questions)) {
    const found = runOnce(place, batch);
    if ('cannot' in found) {
      return found;
    }
    for (const [key, ids] of found) {
      answers.set(key, ids);
    }
  }
  return answers;
}

/** It keeps one of several packages with the same name and version, whatever their release, so they go apart. */
function batchesOf(questions: readonly PackageQuery[]): readonly (readonly PackageQuery[])[] {
  const batches: { readonly questions: PackageQuery[]; readonly seen: Set<string> }[] = [];
  for (const question of questions) {
    const same = `${question.name} ${question.version}`;
    let batch = batches.find((one) => one.questions.length < BATCH_MAX && !one.seen.has(same));
    if (batch === undefined) {
      batch = { questions: [], seen: new Set() };
      batches.push(batch);
    }
    batch.questions.push(question);
    batch.seen.add(same);
  }
  return batches.map((batch) => batch.questions);
}

function runOnce(place: string, questions: readonly PackageQuery[]): Answers | { readonly cannot: string } {
  const file = join(place, 'osv-scanner-custom.json');
  const packages = questions.map(({ ecosystem, name, version }) => ({ package: { ecosystem, name, version } }));
  writeFileSync(file, JSON.stringify({ results: [{ packages }] }));
  const args = ['scan', 'source', '--offline-vulnerabilities', '--no-resolve', '--all-packages', '--all-vulns'];
  const { status, stdout, stderr } = spawnSync(
    osvScanner(),
    [...args, '--local-db-path', place, '--format', 'json', '--lockfile', file],
    { encoding: 'utf8', maxBuffer: OUTPUT_BYTES_MAX },
  );
  // It exits with 1 when it finds something.
  if (status !== 0 && status !== 1) {
    return { cannot: /panic: (.+)/.exec(stderr)?.[1] ?? `it ended with ${status}` };
  }
  const { results } = JSON.parse(stdout) as {
    readonly results: readonly {
      readonly packages: readonly {
        readonly package: PackageQuery;
        readonly vulnerabilities?: readonly { readonly id: string }[];
      }[];
    }[];
  };
  const found = results.flatMap((result) => result.packages);
  const refusal = /base ecosystem does not exist in osvschema: "[^"]+"/.exec(stderr)?.[0];
  if (found.length === 0 && refusal !== undefined) {
    return { cannot: refusal };
  }
  return new Map(
    found.map((one) => [questionKey(one.package), (one.vulnerabilities ?? []).map(({ id }) => id).sort()]),
  );
}
