import type { Page } from '@playwright/test';
import { toFirstRow } from './people.ts';

/** One page in one state, what is done to come to it, and what it is held against. */
export interface GalleryPage {
  /** Of the picture, `findings-panel`. */
  readonly name: string;
  readonly title: string;
  readonly path: string;
  readonly steps?: (page: Page) => Promise<void>;
  /** The mockup that it follows, without theme; null where there is none. */
  readonly mockup: string | null;
  /** Where it is another than the mockup, and why. */
  readonly differs: string;
  /** Taken at 390 px as well. */
  readonly phone?: boolean;
  /** Seen by somebody who may only read. */
  readonly viewer?: boolean;
}

const firstLink = (pattern: RegExp) => async (page: Page) => {
  const links = await page.locator('main a').evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
  const found = links.find((href) => pattern.test(href));
  if (found === undefined) throw new Error(`no link like ${pattern} on ${page.url()}`);
  await page.goto(found, { waitUntil: 'networkidle' });
};

const openPanel = (tab: string) => async (page: Page) => {
  await toFirstRow(page);
  await page.keyboard.press('Enter');
  await page.getByRole('complementary', { name: 'Finding' }).waitFor();
  await page.keyboard.press(tab);
};

/** The path to an instance, and the page at its top. */
const openPath = (name: string) => async (page: Page) => {
  const href = await page.getByRole('row', { name }).getByRole('link', { name }).first().getAttribute('href');
  await page.goto(href ?? '/exposure', { waitUntil: 'networkidle' });
  await page.getByRole('complementary', { name: 'Path' }).getByRole('heading', { name: 'Break the path' }).waitFor();
};

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** A target with a schedule, made where it is not there yet. */
const openTarget = async (page: Page) => {
  const name = 'Production instances';
  const panel = page.getByRole('complementary', { name: 'Target' });
  const link = page.getByRole('region', { name: 'Targets', exact: true }).getByRole('link', { name });
  if (await link.isVisible()) {
    await link.click();
    await panel.waitFor();
    return;
  }
  await page.getByRole('button', { name: 'New target' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Text', exact: true }).click();
  await page.getByRole('textbox', { name: 'Rule' }).fill('kind:ec2 env:prod');
  await page.getByRole('button', { name: 'Create target' }).click();
  await panel.getByRole('button', { name: 'Add a schedule' }).click();
  await page.getByRole('button', { name: 'Save schedule' }).click();
  await panel.getByRole('region', { name: 'Next runs' }).waitFor();
};

const SAME = 'No chosen difference.';

/** Every page that is built, in the states that a reader meets. */
export const GALLERY: readonly GalleryPage[] = [
  {
    name: 'overview',
    title: 'Overview',
    path: '/overview',
    mockup: 'overview',
    differs: 'Key figures carry no small curves: the chart below them shows the trend, with its table beside it.',
    phone: true,
  },
  {
    name: 'overview-past',
    title: 'Overview of a past day',
    path: `/overview?t=${daysAgo(60)}..${daysAgo(10)}`,
    mockup: null,
    differs: 'The overview of another day: what is kept of the present only says so and is left out.',
    phone: true,
  },
  {
    name: 'findings',
    title: 'Findings',
    path: '/findings',
    mockup: 'findings',
    differs: 'The panel is closed until a row is opened, so that the list has the whole width.',
    phone: true,
  },
  {
    name: 'findings-past',
    title: 'Findings of a past day',
    path: `/findings?t=${daysAgo(60)}..${daysAgo(10)}`,
    mockup: null,
    differs: 'The list of another day: it is read, and nothing in it can be changed.',
    phone: true,
  },
  {
    name: 'findings-panel',
    title: 'Findings, with the panel of one',
    path: '/findings',
    steps: openPanel('1'),
    mockup: 'findings',
    differs: 'Reach says "not assessed" where nobody has looked at network paths, and draws no path.',
  },
  {
    name: 'findings-activity',
    title: 'Findings, activity of one',
    path: '/findings',
    steps: openPanel('5'),
    mockup: 'findings',
    differs: SAME,
  },
  {
    name: 'findings-by-vulnerability',
    title: 'Findings by vulnerability',
    path: '/findings?group=vulnerability',
    mockup: 'findings',
    differs: 'Groups open in place, and never take the reader off the list.',
  },
  {
    name: 'findings-by-resource',
    title: 'Findings by resource',
    path: '/findings?group=resource',
    mockup: 'findings',
    differs: 'As by vulnerability.',
  },
  {
    name: 'findings-selection',
    title: 'Findings, many chosen',
    path: '/findings',
    steps: async (page) => {
      await toFirstRow(page);
      for (const key of ['x', 'j', 'x', 'j', 'x']) await page.keyboard.press(key);
    },
    mockup: 'components',
    differs: 'The foot says how many of all that match are chosen, and takes all of them.',
  },
  {
    name: 'findings-status',
    title: 'Findings, setting a status',
    path: '/findings',
    steps: async (page) => {
      await toFirstRow(page);
      await page.keyboard.press('s');
      await page.getByRole('dialog', { name: 'Set status' }).waitFor();
    },
    mockup: 'components',
    differs: 'Fixed is listed, with the sentence that only a scan sets it.',
  },
  {
    name: 'findings-mistake',
    title: 'Findings, a query with a mistake',
    path: '/findings?q=is:open+severity:grave',
    mockup: 'components',
    differs: 'The rows are those of the parts that can be read.',
  },
  {
    name: 'findings-no-match',
    title: 'Findings, no match',
    path: '/findings?q=is:open+package:nothing-is-called-so',
    mockup: 'components',
    differs: 'What to take away is named.',
  },
  {
    name: 'finding',
    title: 'Finding',
    path: '/findings?q=is:open+exploit:kev',
    steps: async (page) => {
      const answer = await page.request.get('/api/findings?q=is:open+exploit:kev');
      const { rows } = (await answer.json()) as { readonly rows: readonly { readonly id: string }[] };
      await page.goto(`/findings/${rows[0]?.id}`, { waitUntil: 'networkidle' });
    },
    mockup: 'findings',
    differs: 'The page is the panel with more room: the same tabs, keys and acts.',
    phone: true,
  },
  {
    name: 'vulnerability',
    title: 'Vulnerability',
    path: '/findings?group=vulnerability',
    steps: firstLink(/^\/vulnerabilities\//),
    mockup: 'vulnerability',
    differs:
      '"Why is it not reported on …" asks for a resource instead of listing all that were spared: there may be a hundred thousand.',
    phone: true,
  },
  {
    name: 'resources',
    title: 'Resources',
    path: '/resources',
    mockup: null,
    differs: 'Drawn from the parts of the list of findings.',
    phone: true,
  },
  {
    name: 'cost',
    title: 'Cost',
    path: '/cost',
    mockup: 'cost',
    differs:
      'What-if, budget and forecast of strategies are not there yet; why the figure is not the whole is said above it, and volumes of other services are unknown until somebody names them.',
    phone: true,
  },
  {
    name: 'exposure',
    title: 'Exposure',
    path: '/exposure',
    mockup: 'exposure',
    differs: 'Lanes are links that work without script. Ports are followed by the paths to the chosen one as a list.',
    phone: true,
  },
  {
    name: 'exposure-path',
    title: 'Exposure, a path and what breaks it',
    path: '/exposure?port=NET-22-TCP-INTERNET',
    steps: openPath('bastion-02'),
    mockup: 'exposure',
    differs: 'An exposure has its own score and finding; what is behind it stands with its port.',
    phone: true,
  },
  {
    name: 'coverage',
    title: 'Coverage',
    path: '/coverage?at=999999999999&column=ec2',
    mockup: 'coverage',
    differs:
      'Columns are what is scanned by now: network, code, CIS and Security Hub have none. What could not be read stands below the reasons.',
    phone: true,
  },
  {
    name: 'coverage-resources',
    title: 'Coverage, the resources of a reason',
    path: '/coverage?by=resource&state=unscanned&reason=PENDING_INITIAL_SCAN',
    mockup: null,
    differs: 'Drawn from the parts of Resources.',
  },
  {
    name: 'resource',
    title: 'Resource',
    path: '/resources?q=shop-web',
    steps: firstLink(/^\/resources\/(?!\?)[^?]/),
    mockup: 'resource',
    differs: 'Exposure names the open ports and what keeps the internet out; the graph is on the page Exposure.',
    phone: true,
  },
  {
    name: 'resource-exposed',
    title: 'Resource, reached from the internet',
    path: '/resources?q=bastion-02',
    steps: firstLink(/^\/resources\/(?!\?)[^?]/),
    mockup: 'resource',
    differs: 'As Resource.',
  },
  {
    name: 'resource-compare',
    title: 'Resource, two scans compared',
    path: '/resources?q=shop-web',
    steps: async (page) => {
      await firstLink(/^\/resources\/(?!\?)[^?]/)(page);
      await page.getByRole('link', { name: 'Compare scans' }).click();
      await page.getByRole('form', { name: 'Scans to compare' }).waitFor();
    },
    mockup: null,
    differs: 'Drawn from the parts of Resource.',
  },
  {
    name: 'packages',
    title: 'Packages across the estate',
    path: '/resources?tab=packages&q=openssl',
    mockup: null,
    differs: 'Asked for by users; drawn from the same parts.',
  },
  {
    name: 'my-work',
    title: 'My work',
    path: '/my-work',
    mockup: null,
    differs: 'Drawn from the parts of the list of findings.',
    phone: true,
  },
  {
    name: 'suppression',
    title: 'Suppression rules',
    path: '/suppression?new&q=is%3Aopen+severity%3Alow',
    mockup: null,
    differs:
      'The preview is beside what is written, by severity. A query is not changed in place: people agreed to that one, so another is a new rule that begins with it.',
  },
  { name: 'activity', title: 'Activity', path: '/activity', mockup: 'activity', differs: SAME, phone: true },
  { name: 'notices', title: 'Notices', path: '/notices', mockup: null, differs: 'Drawn from the parts of Activity.' },
  {
    name: 'scans',
    title: 'Scans',
    path: '/scans',
    mockup: 'scans',
    differs: 'Jobs of the sample estate; rules have no tab until they are built.',
    phone: true,
  },
  {
    name: 'scans-targets',
    title: 'Scans, schedules and targets',
    path: '/scans?tab=targets',
    steps: openTarget,
    mockup: 'scans-schedules',
    differs:
      'A target is read here and written in a dialog, as conditions with what is left after each, or as text. Nothing has a price yet.',
    phone: true,
  },
  {
    name: 'settings-accounts',
    title: 'Settings, accounts',
    path: '/settings/accounts',
    mockup: 'settings-accounts',
    differs:
      'Regions are named in the first step and counted beside the steps: they are known only after a look. The state of a permission is a word beside its mark.',
    phone: true,
  },
  { name: 'settings-feeds', title: 'Settings, feeds', path: '/settings/feeds', mockup: null, differs: SAME },
  {
    name: 'settings-users',
    title: 'Settings, users and roles',
    path: '/settings/users',
    mockup: 'settings-accounts',
    differs: 'The frame of the mockup.',
  },
  { name: 'settings-sla', title: 'Settings, due dates', path: '/settings/sla', mockup: null, differs: SAME },
  { name: 'settings-scoring', title: 'Settings, scoring', path: '/settings/scoring', mockup: null, differs: SAME },
  { name: 'settings-routing', title: 'Settings, routing', path: '/settings/routing', mockup: null, differs: SAME },
  {
    name: 'palette',
    title: 'Command palette',
    path: '/findings',
    steps: async (page) => {
      await toFirstRow(page);
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
    },
    mockup: 'components',
    differs: SAME,
  },
  {
    name: 'help',
    title: 'Keys',
    path: '/findings',
    steps: async (page) => {
      await toFirstRow(page);
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
    mockup: null,
    differs: 'Single keys can be switched off in it.',
  },
  {
    name: 'no-permission',
    title: 'Findings, for who may only read',
    path: '/findings',
    steps: async (page) => {
      await toFirstRow(page);
      await page.keyboard.press('Enter');
      await page.getByRole('complementary', { name: 'Finding' }).waitFor();
    },
    mockup: 'components',
    differs: 'Acts stand where they are, disabled, with who can grant them.',
    viewer: true,
  },
  { name: 'not-found', title: 'A page that is not there', path: '/resources/none', mockup: null, differs: SAME },
];
