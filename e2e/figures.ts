// `npm run figures [-- FINDINGS]`: what the console takes on a large estate, in Chromium beside the server, into docs/figures.md.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { addFilledNetwork } from '../lib/testing/fill-network.ts';
import { filledDatabase } from '../lib/testing/filled-database.ts';
import { browserPath } from './support/browser-path.ts';
import { ADMIN } from './support/journey.ts';
import { LIGHTHOUSE, type LighthouseReport, lighthouse } from './support/lighthouse.ts';
import { setUp, toFirstRow } from './support/people.ts';
import { countScriptBytes } from './support/script-bytes.ts';
import { startServer } from './support/server.ts';

const FINDINGS = Number(process.argv[2] ?? 1_000_000);
const ROUTES = [
  '/overview',
  '/findings',
  '/findings?group=resource',
  '/resources',
  '/coverage',
  '/exposure',
  '/my-work',
  '/suppression',
  '/activity',
  '/scans',
];
const NETWORK = { vpcs: 20, subnetsPerVpc: 10, interfacesPerSubnet: 25 } as const;
const NETWORK_INSTANCES = NETWORK.vpcs * NETWORK.subnetsPerVpc * NETWORK.interfacesPerSubnet;
const RUNS = 5;
const TRIAGED = 100;
const SCROLLED = 10_000;
const SCROLL_MS = 180_000;
const ROW_PX = 36;
const TYPED = ['severity:critical', 'exploit:kev', 'fix:no', 'kind:lambda', 'package:package-7'] as const;

interface Figure {
  readonly name: string;
  readonly figure: number;
  readonly unit: string;
  /** What it must not be more than. */
  readonly limit: number;
}

const filled = await filledDatabase({
  findings: FINDINGS,
  accounts: 1_000,
  resources: Math.max(100, FINDINGS / 10),
  vulnerabilities: Math.min(300_000, FINDINGS / 4),
  at: new Date(),
});
await addFilledNetwork(filled.url, NETWORK);
const executablePath = browserPath();
const browser = await chromium.launch({ args: ['--no-sandbox'], ...(executablePath ? { executablePath } : {}) });
try {
  const server = await startServer({ DATABASE_URL: filled.url });
  try {
    const { figures, cookie } = await measure(browser, server);
    const text = page(
      figures,
      await lighthouse({ url: server.url, cookie, chrome: executablePath ?? chromium.executablePath() }),
    );
    process.stdout.write(text);
    const path = fileURLToPath(new URL('../docs/figures.md', import.meta.url));
    writeFileSync(path, text);
    await promisify(execFile)('npx', ['biome', 'format', '--write', path]);
  } finally {
    await server.stop();
  }
} finally {
  await browser.close();
  await filled.stop();
}

async function measure(
  chrome: Browser,
  server: { readonly url: string; readonly setUpLink: string },
): Promise<{ readonly figures: readonly Figure[]; readonly cookie: string }> {
  const first = await chrome.newContext({ baseURL: server.url });
  const door = await first.newPage();
  await setUp(door, server.setUpLink);
  const state = await first.storageState();
  await first.close();
  const open = () =>
    chrome.newContext({ baseURL: server.url, storageState: state, viewport: { width: 1440, height: 900 } });
  const figures: Figure[] = [];
  for (const route of ROUTES) figures.push(...(await loading(open, route)));
  const context = await open();
  const list = await context.newPage();
  figures.push(await firstRow(list), await panelOpens(list), await filters(list), ...(await scrolls(list)));
  figures.push(...(await keyboardRun(list)));
  figures.push(await pathOpens(list));
  await context.close();
  return { figures, cookie: state.cookies.map(({ name, value }) => `${name}=${value}`).join('; ') };
}

/** Script, largest paint and layout shift of a route that is opened anew; the median of several, the first one not counted. */
async function loading(open: () => Promise<BrowserContext>, route: string): Promise<readonly Figure[]> {
  const paints: number[] = [];
  const shifts: number[] = [];
  let bytes = 0;
  for (let run = 0; run <= RUNS; run += 1) {
    const context = await open();
    const shown = await context.newPage();
    const scriptBytes = await countScriptBytes(shown);
    await shown.addInitScript(() => {
      const seen = { paint: 0, shift: 0 };
      Object.assign(window, { seen });
      new PerformanceObserver((entries) => {
        seen.paint = entries.getEntries().at(-1)?.startTime ?? seen.paint;
      }).observe({ type: 'largest-contentful-paint', buffered: true });
      new PerformanceObserver((entries) => {
        for (const entry of entries.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
          if (!entry.hadRecentInput) seen.shift += entry.value;
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await shown.goto(route, { waitUntil: 'networkidle' });
    const seen = await shown.evaluate(() => (window as unknown as { seen: { paint: number; shift: number } }).seen);
    if (run > 0) {
      paints.push(seen.paint);
      shifts.push(seen.shift);
      bytes = scriptBytes();
    }
    await context.close();
  }
  return [
    { name: `${route}, script`, figure: bytes / 1_024, unit: 'kB', limit: 180 },
    { name: `${route}, largest paint`, figure: median(paints), unit: 'ms', limit: 1_500 },
    { name: `${route}, layout shift`, figure: Math.max(...shifts), unit: '', limit: 0.02 },
  ];
}

/** From the click on the name of the page to its first row. */
async function firstRow(list: Page): Promise<Figure> {
  const times: number[] = [];
  for (let run = 0; run <= RUNS; run += 1) {
    await list.goto('/scans', { waitUntil: 'networkidle' });
    const ms = await list.evaluate(async () => {
      const began = performance.now();
      (document.querySelector('nav a[href^="/findings"]') as HTMLElement).click();
      while (document.querySelector('tbody tr[aria-rowindex]') === null) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      return performance.now() - began;
    });
    if (run > 0) times.push(ms);
  }
  return { name: 'First row of Findings after navigation', figure: median(times), unit: 'ms', limit: 300 };
}

/** From the key to the head and score of the finding beside the list; the slowest of twenty neighbours. */
async function panelOpens(list: Page): Promise<Figure> {
  await list.goto('/findings', { waitUntil: 'networkidle' });
  await toFirstRow(list);
  const times: number[] = [];
  for (let run = 0; run <= 20; run += 1) {
    await list.evaluate(() => {
      const seen = { began: 0, ended: 0 };
      Object.assign(window, { panelSeen: seen });
      window.addEventListener(
        'keydown',
        () => {
          seen.began = performance.now();
          const look = () => {
            if (document.querySelector('aside.panel [role="tabpanel"]') !== null) seen.ended = performance.now();
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        },
        { once: true, capture: true },
      );
    });
    await list.keyboard.press('Enter');
    await list.waitForFunction(() => (window as unknown as { panelSeen: { ended: number } }).panelSeen.ended > 0);
    const { began, ended } = await list.evaluate(
      () => (window as unknown as { panelSeen: { began: number; ended: number } }).panelSeen,
    );
    if (run > 0) times.push(ended - began);
    await list.keyboard.press('Escape');
    await list.locator('aside.panel').waitFor({ state: 'detached' });
    await list.keyboard.press('j');
    // A reader looks at the row before opening it; what is beside the current row is fetched meanwhile.
    await list.waitForTimeout(150);
  }
  return { name: 'Panel of a finding opens, slowest of 20', figure: Math.max(...times), unit: 'ms', limit: 100 };
}

/** From the click on a path to its panel with the evidence; the slowest of ten. What closes it follows while it is read. */
async function pathOpens(list: Page): Promise<Figure> {
  await list.goto('/exposure?port=NET-22-TCP-INTERNET', { waitUntil: 'networkidle' });
  const times: number[] = [];
  for (let row = 0; row <= 10; row += 1) {
    const ms = await list.evaluate(async (at) => {
      const link = document.querySelectorAll<HTMLElement>('#paths tbody a')[at];
      if (link === undefined) throw new Error(`there is no path ${at}`);
      const shown = () => document.querySelector('aside[aria-label="Path"]')?.textContent ?? '';
      const before = shown();
      const began = performance.now();
      link.click();
      while (shown() === before || shown() === '') await new Promise((resolve) => requestAnimationFrame(resolve));
      return performance.now() - began;
    }, row);
    if (row > 0) times.push(ms);
    // Whoever reads a path stays with it for a moment.
    await list.getByRole('heading', { name: 'Onward from here' }).waitFor();
    await list.waitForTimeout(1_000);
  }
  const name = `Path of Exposure opens among ${NETWORK_INSTANCES.toLocaleString('en-US')} instances, slowest of 10`;
  return { name, figure: Math.max(...times), unit: 'ms', limit: 200 };
}

/** From Enter in the query bar to the rows of the query. */
async function filters(list: Page): Promise<Figure> {
  const times: number[] = [];
  for (const typed of TYPED) {
    await list.goto('/findings', { waitUntil: 'networkidle' });
    await toFirstRow(list);
    await list.keyboard.press('/');
    // The field that completes comes after the rows; what is typed into the plain one before it is kept, but not measured here.
    const field = list.getByRole('combobox', { name: 'Filter findings' });
    await field.waitFor();
    await field.pressSequentially(typed);
    await list.waitForTimeout(300);
    await list.evaluate(() => {
      const seen = { began: 0, ended: 0 };
      const chips = () => document.querySelectorAll('.query-chip').length;
      const before = chips();
      Object.assign(window, { rowsSeen: seen });
      window.addEventListener(
        'keydown',
        (event) => {
          if (event.key !== 'Enter') return;
          seen.began = performance.now();
          // The server gives the parts of the query and their rows at once.
          const look = () => {
            const shown = document.querySelector('tbody tr[aria-rowindex], .state-block') !== null;
            if (chips() > before && shown) seen.ended = performance.now();
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        },
        { capture: true },
      );
    });
    await list.keyboard.press('Enter');
    await list.waitForFunction(() => (window as unknown as { rowsSeen: { ended: number } }).rowsSeen.ended > 0);
    const { began, ended } = await list.evaluate(
      () => (window as unknown as { rowsSeen: { began: number; ended: number } }).rowsSeen,
    );
    times.push(ended - began);
  }
  return { name: `Filter to rows, slowest of ${TYPED.length}`, figure: Math.max(...times), unit: 'ms', limit: 250 };
}

/** Scrolls through rows as a wheel does, and looks at each frame whether rows stand in the middle of the list. */
async function scrolls(list: Page): Promise<readonly Figure[]> {
  await list.goto('/findings', { waitUntil: 'networkidle' });
  await toFirstRow(list);
  const { blank, rows, seconds } = await list.evaluate(
    async ({ until, step, row, atMost }) => {
      const region = document.querySelector('section[aria-label="List of findings"]') as HTMLElement;
      const box = region.getBoundingClientRect();
      const began = performance.now();
      let blankSince: number | null = null;
      let longest = 0;
      while (region.scrollTop < until) {
        region.scrollTop += step;
        if (performance.now() - began > atMost) break;
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const middle = document.elementFromPoint(box.left + 200, box.top + box.height / 2);
        const isRow = middle?.closest('tr[aria-rowindex]') != null;
        if (isRow) blankSince = null;
        else {
          blankSince ??= performance.now();
          longest = Math.max(longest, performance.now() - blankSince);
        }
      }
      return { blank: longest, rows: Math.round(region.scrollTop / row), seconds: (performance.now() - began) / 1_000 };
    },
    { until: SCROLLED * ROW_PX, step: 6 * ROW_PX, row: ROW_PX, atMost: SCROLL_MS },
  );
  return [
    { name: `Longest blank while ${rows.toLocaleString('en')} rows pass`, figure: blank, unit: 'ms', limit: 100 },
    { name: `The same, in all`, figure: seconds, unit: 's', limit: Number.POSITIVE_INFINITY },
  ];
}

/** A hundred findings, one after the other: for each a key, what it asks, and the next. No pointer is used. */
async function keyboardRun(list: Page): Promise<readonly Figure[]> {
  await list.goto('/findings', { waitUntil: 'networkidle' });
  await toFirstRow(list);
  await list.evaluate(() => {
    const slow: number[] = [];
    Object.assign(window, { inputs: slow });
    new PerformanceObserver((entries) => {
      for (const entry of entries.getEntries() as (PerformanceEntry & { interactionId?: number })[]) {
        if (entry.interactionId) slow.push(entry.duration);
      }
    }).observe({ type: 'event', buffered: false, durationThreshold: 16 } as PerformanceObserverInit);
  });
  const began = performance.now();
  for (let n = 0; n < TRIAGED; n += 1) {
    if (n % 3 === 0) {
      await list.keyboard.press('e');
    } else if (n % 3 === 1) {
      await list.keyboard.press('a');
      await list.keyboard.type(ADMIN.name.slice(0, 4).toLowerCase());
      await list.getByRole('option', { name: 'Me', exact: true }).first().waitFor();
      await list.keyboard.press('Enter');
    } else {
      await list.keyboard.press('h');
      await list.getByRole('dialog').waitFor();
      await list.keyboard.press('Enter');
    }
    await list.getByRole('dialog').waitFor({ state: 'detached' });
    await list.keyboard.press('j');
  }
  const seconds = (performance.now() - began) / 1_000;
  await list.waitForTimeout(2_000);
  const inputs = await list.evaluate(() => (window as unknown as { inputs: number[] }).inputs);
  const answer = await list.request.get('/api/finding-counts?query=owner:me&query=is:awaiting-rescan');
  if (!answer.ok()) throw new Error(`the counts did not answer: ${answer.status()}`);
  const done = (await answer.json()) as readonly { readonly count: number }[];
  const changed = done.reduce((sum, { count }) => sum + count, 0);
  if (changed < (TRIAGED / 3) * 2 - 1) throw new Error(`only ${changed} of the acts have arrived`);
  return [
    { name: `${TRIAGED} findings triaged by keys alone`, figure: seconds, unit: 's', limit: 60 },
    {
      name: 'Interaction to next paint, 98th percentile of that run',
      figure: inputs.toSorted((a, b) => a - b)[Math.floor(inputs.length * 0.98)] ?? 0,
      unit: 'ms',
      limit: 150,
    },
  ];
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function page(figures: readonly Figure[], reports: readonly LighthouseReport[]): string {
  const lines = figures.map(({ name, figure, unit, limit }) => {
    const shown = unit === '' ? figure.toFixed(4) : figure.toFixed(unit === 's' ? 1 : 0);
    const most = Number.isFinite(limit) ? `${limit} ${unit}`.trim() : '';
    return `| ${name} | ${`${shown} ${unit}`.trim()} | ${most} | ${figure <= limit ? '' : 'missed'} |`;
  });
  return [
    '# Figures of the console',
    '',
    `Made by \`npm run figures\` on ${new Date().toISOString().slice(0, 10)}: ${FINDINGS.toLocaleString('en')} findings in 1,000 accounts, read by who may see all of them;`,
    `${cpus().length} cores for PostgreSQL, server, worker and Chromium together. Script is what travels, compressed.`,
    '',
    '| What | Measured | At most | |',
    '| --- | --- | --- | --- |',
    ...lines,
    '',
    `## Lighthouse`,
    '',
    `${LIGHTHOUSE.replace('@', ' ')}, desktop preset, of what a signed-in administrator sees of the same estate.`,
    '',
    '| Route | Performance | Accessibility | Best practices | Largest paint | Blocking | Shift |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...reports.map(
      ({ route, performance: speed, accessibility, bestPractices, paint, blocking, shift }) =>
        `| ${route} | ${speed} | ${accessibility} | ${bestPractices} | ${paint} | ${blocking} | ${shift} |`,
    ),
    '',
  ].join('\n');
}
