// Finds a Chromium for the journeys, and fetches one where the system or Playwright can.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installWithApt } from './apt.mjs';
import { capture } from './run-step.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const PACKAGES = ['chromium', 'fonts-liberation'];

export const HOW_TO_GET_A_BROWSER =
  'Install Chromium (Debian and Ubuntu: "apt-get install chromium") or set CHROMIUM_PATH to one, then run npm test again.';

/**
 * @param {string} root
 * @param {string} node
 * @param {(line: string) => void} say
 * @returns {Promise<string | null>} its path, an empty string for Playwright's own, null when none can be had
 */
export async function findBrowser(root, node, say) {
  const known = installed();
  if (known !== null) return known;
  say('No Chromium is installed; trying the system’s package manager.');
  if (await installWithApt(root, PACKAGES)) return installed();
  const args = ['node_modules/@playwright/test/cli.js', 'install', 'chromium'];
  const { code } = await capture(node, args, { cwd: root });
  return code === 0 ? '' : null;
}

function installed() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return existsSync(named) ? named : null;
  const places = (process.env.PATH ?? '').split(delimiter);
  return NAMES.flatMap((name) => places.map((place) => join(place, name))).find((path) => existsSync(path)) ?? null;
}
