// `npm test`: everything that must hold, one suite after another, with one line of totals at the end.
// `--quick` (npm run check) leaves out what needs a database or a browser.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bootstrap } from './bootstrap.mjs';
import { findBrowser, HOW_TO_GET_A_BROWSER } from './find-browser.mjs';
import { findPeers } from './find-peers.mjs';
import { capture, StepError } from './run-step.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const isQuick = process.argv.includes('--quick');
const isCi = process.env.CI === 'true';
const reports = mkdtempSync(join(tmpdir(), 'harrier-reports-'));
const totals = { passed: 0, failed: 0, skipped: 0 };

try {
  const node = await bootstrap({ build: !isQuick });
  await check(node, 'format and lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '.']);
  await routeTypes(node);
  await check(node, 'types', ['node_modules/typescript/bin/tsc', '--noEmit']);
  if (!isQuick) await findPeers(root, say);
  await vitest(node, 'unit');
  if (!isQuick) {
    await vitest(node, 'integration');
    await journeys(node);
  }
} catch (error) {
  if (!(error instanceof StepError)) throw error;
  say(error.message);
  totals.failed += 1;
} finally {
  rmSync(reports, { recursive: true, force: true });
}
say(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed > 0 ? 1 : 0;

/** A tool that is one test: it passes when it exits with 0. */
async function check(node, name, args) {
  const started = Date.now();
  const { code, output } = await capture(node, args, { cwd: root });
  count(name, started, { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 });
  if (code !== 0) say(output);
}

/** The type check reads what Next.js knows about the routes, which a fresh clone does not have yet. */
async function routeTypes(node) {
  const { code, output } = await capture(node, ['node_modules/next/dist/bin/next', 'typegen'], { cwd: root });
  if (code !== 0) throw new StepError(`The types of the routes could not be made:\n${output}`);
}

async function vitest(node, project) {
  const started = Date.now();
  const file = join(reports, `${project}.json`);
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', project];
  const { code, output } = await capture(node, [...args, '--reporter=json', `--outputFile=${file}`], { cwd: root });
  const report = readReport(file);
  if (report === null) {
    count(project, started, { passed: 0, failed: 1, skipped: 0 });
    say(output);
    return;
  }
  const tests = report.testResults.flatMap((suite) => suite.assertionResults);
  const skipped = tests.filter(({ status }) => status === 'skipped' || status === 'pending');
  const failed = tests.filter(({ status }) => status === 'failed');
  // A file that cannot be loaded has no tests that could fail.
  const broken = report.testResults.filter((suite) => suite.status === 'failed' && suite.assertionResults.length === 0);
  const lost = code !== 0 && failed.length + broken.length === 0 ? 1 : 0;
  count(project, started, {
    passed: tests.length - skipped.length - failed.length,
    failed: failed.length + broken.length + lost,
    skipped: skipped.length,
  });
  for (const test of failed) say(`  failed: ${test.fullName}\n${indent(test.failureMessages.join('\n'))}`);
  for (const suite of broken) say(`  failed: ${suite.name}\n${indent(suite.message)}`);
  if (lost > 0) say(indent(output));
  for (const test of skipped) say(`  SKIPPED: ${test.fullName}`);
}

async function journeys(node) {
  const started = Date.now();
  const browser = await findBrowser(root, node, say);
  if (browser === null) {
    say(`  SKIPPED: all journeys in a browser. ${HOW_TO_GET_A_BROWSER}`);
    count('journeys', started, isCi ? { passed: 0, failed: 1, skipped: 0 } : { passed: 0, failed: 0, skipped: 1 });
    return;
  }
  const file = join(reports, 'journeys.json');
  const { code, output } = await capture(node, ['node_modules/@playwright/test/cli.js', 'test'], {
    cwd: root,
    env: { HARRIER_REPORT: file, ...(browser === '' ? {} : { CHROMIUM_PATH: browser }) },
  });
  const stats = readReport(file)?.stats;
  if (stats === undefined) {
    count('journeys', started, { passed: 0, failed: 1, skipped: 0 });
    say(indent(output));
    return;
  }
  const failed = stats.unexpected + (code !== 0 && stats.unexpected === 0 ? 1 : 0);
  count('journeys', started, { passed: stats.expected + stats.flaky, failed, skipped: stats.skipped });
  if (failed > 0) say(indent(output));
}

/** With CI=true nothing may be left out: what would be skipped for a missing peer counts as failed. */
function count(name, started, { passed, failed, skipped }) {
  const strict = isCi ? { passed, failed: failed + skipped, skipped: 0 } : { passed, failed, skipped };
  totals.passed += strict.passed;
  totals.failed += strict.failed;
  totals.skipped += strict.skipped;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const words = [`${strict.passed} passed`, strict.failed > 0 ? `${strict.failed} FAILED` : '']
    .concat(strict.skipped > 0 ? `${strict.skipped} skipped` : '')
    .filter((word) => word !== '');
  say(`${name.padEnd(18)} ${words.join(', ').padEnd(34)} ${seconds.padStart(6)} s`);
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function indent(text) {
  return text.replace(/^/gm, '    ');
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
