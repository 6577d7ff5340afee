import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where a browser is looked for when CHROMIUM_PATH does not name one. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** The Chromium of this machine; undefined leaves the choice to Playwright. */
export function browserPath(): string | undefined {
  const places = (process.env.PATH ?? '').split(delimiter);
  const found = NAMES.flatMap((name) => places.map((place) => join(place, name))).find((path) => existsSync(path));
  return process.env.CHROMIUM_PATH ?? found;
}
