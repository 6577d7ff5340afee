import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Fetched when it is needed: with what it brings it is larger than the product. */
export const LIGHTHOUSE = 'lighthouse@13.5.0';
const ROUTES = ['/overview', '/findings', '/resources', '/my-work'];

export interface LighthouseReport {
  readonly route: string;
  /** 0 to 100. */
  readonly performance: number;
  readonly accessibility: number;
  readonly bestPractices: number;
  readonly paint: string;
  readonly blocking: string;
  readonly shift: string;
}

interface LighthouseInput {
  readonly url: string;
  /** Of somebody who is signed in. */
  readonly cookie: string;
  /** The program that it opens the pages with. */
  readonly chrome: string;
}

/** Lighthouse's own scores of what a signed-in person sees, on its desktop preset. */
export async function lighthouse({ url, cookie, chrome }: LighthouseInput): Promise<readonly LighthouseReport[]> {
  const directory = mkdtempSync(join(tmpdir(), 'harrier-lighthouse-'));
  try {
    const reports: LighthouseReport[] = [];
    for (const route of ROUTES) {
      const out = join(directory, 'report.json');
      const flags = ['--preset=desktop', '--quiet', '--output=json', `--output-path=${out}`];
      const own = [
        '--chrome-flags=--headless=new --no-sandbox',
        `--extra-headers=${JSON.stringify({ Cookie: cookie })}`,
      ];
      await promisify(execFile)(
        'npm',
        ['exec', '--yes', `--package=${LIGHTHOUSE}`, '--', 'lighthouse', url + route, ...flags, ...own],
        { env: { ...process.env, CHROME_PATH: chrome } },
      );
      reports.push(toReport(route, JSON.parse(readFileSync(out, 'utf8'))));
    }
    return reports;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

interface RawReport {
  readonly finalDisplayedUrl: string;
  readonly categories: Readonly<Record<string, { readonly score: number }>>;
  readonly audits: Readonly<Record<string, { readonly displayValue?: string }>>;
}

function toReport(route: string, { finalDisplayedUrl, categories, audits }: RawReport): LighthouseReport {
  if (!finalDisplayedUrl.includes(route)) throw new Error(`Lighthouse saw ${finalDisplayedUrl} in place of ${route}`);
  const score = (name: string) => Math.round((categories[name]?.score ?? Number.NaN) * 100);
  const shown = (name: string) => audits[name]?.displayValue ?? 'not measured';
  return {
    route,
    performance: score('performance'),
    accessibility: score('accessibility'),
    bestPractices: score('best-practices'),
    paint: shown('largest-contentful-paint'),
    blocking: shown('total-blocking-time'),
    shift: shown('cumulative-layout-shift'),
  };
}
