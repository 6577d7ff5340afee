import { SAMPLE_ACCOUNTS } from './accounts.ts';
import type { SampleContents, SampleScanning, SampleThing } from './sample-thing.ts';
import { drawFrom, patchWaves, sampleResource } from './sample-thing.ts';

type Application = Pick<SampleContents, 'release' | 'npm' | 'python'>;

const shop: Application = { release: 'debian-12', npm: 'site', python: null };
const node: Application = { release: 'debian-11', npm: 'server', python: null };
const jobs: Application = { release: 'ubuntu-22.04', npm: 'worker', python: null };
const django: Application = { release: 'debian-11', npm: null, python: 'site' };
const flask: Application = { release: 'debian-12', npm: null, python: 'api' };
const batch: Application = { release: 'ubuntu-20.04', npm: null, python: 'worker' };

/** Repositories by the account and region that hold them. */
const REGISTRIES: readonly {
  readonly accountId: string;
  readonly region: string;
  readonly environment: string | null;
  readonly repositories: Readonly<Record<string, Application>>;
}[] = [
  {
    accountId: '111122223333',
    region: 'eu-west-1',
    environment: 'prod',
    repositories: {
      'shop/storefront': shop,
      'shop/checkout': node,
      'shop/catalogue': node,
      'shop/search': django,
      'shop/recommendations': flask,
      'shop/mailer': jobs,
      'shop/thumbnailer': batch,
      'shop/admin': django,
    },
  },
  {
    accountId: '444455556666',
    region: 'eu-central-1',
    environment: 'prod',
    repositories: {
      'payments/api': flask,
      'payments/ledger': batch,
      'payments/fraud': flask,
      'payments/webhooks': node,
      'payments/console': shop,
      'payments/settlement': batch,
    },
  },
  {
    accountId: '777788889999',
    region: 'us-east-1',
    environment: 'prod',
    repositories: {
      'logistics/routing': node,
      'logistics/tracking': django,
      'logistics/labels': jobs,
      'logistics/carriers': node,
      'logistics/console': shop,
    },
  },
  {
    accountId: '123456789012',
    region: 'us-east-1',
    environment: 'prod',
    repositories: { 'data/ingest': batch, 'data/features': flask, 'data/notebook': batch, 'data/quality': django },
  },
  {
    accountId: '111111111111',
    region: 'eu-west-1',
    environment: 'staging',
    repositories: { 'shop/storefront': shop, 'shop/checkout': node, 'shop/search': django },
  },
  {
    accountId: '222222222222',
    region: 'eu-central-1',
    environment: 'staging',
    repositories: { 'payments/api': flask, 'payments/console': shop, 'payments/webhooks': node },
  },
  {
    accountId: '444444444444',
    region: 'eu-west-1',
    environment: 'dev',
    repositories: { 'ci/node': node, 'ci/python': batch, 'ci/browser': jobs, 'ci/release': jobs },
  },
  {
    accountId: '999999999999',
    region: 'eu-central-1',
    environment: null,
    repositories: { 'erp/portal': django, 'erp/reports': batch },
  },
];

/** Each repository is scanned under these tags. */
const TAGS = ['stable', 'next'] as const;

/** Images that are not scanned, or no longer. */
const GAPS: Readonly<Record<string, SampleScanning>> = {
  'erp/portal:next': { kind: 'never' },
  'erp/reports:next': { kind: 'never' },
  'ci/browser:next': { kind: 'never' },
  'data/notebook:next': { kind: 'never' },
  'ci/release:next': { kind: 'until', wave: 5 },
  'logistics/labels:next': { kind: 'until', wave: 8 },
  'shop/thumbnailer:next': { kind: 'denied-from', wave: 10 },
};

/** The container images of the sample estate, named by repository and tag. */
export const SAMPLE_IMAGES: readonly SampleThing[] = REGISTRIES.flatMap(({ repositories, ...place }) =>
  Object.entries(repositories).flatMap(([repository, application]) =>
    TAGS.map((tag): SampleThing => {
      const name = `${repository}:${tag}`;
      const since = tag === 'next' ? drawFrom(`${place.accountId} ${name} since`, 10) : 0;
      return {
        resource: sampleResource({ ...place, kind: 'ecr', name, tags: { Owner: ownerOf(place.accountId) } }),
        since,
        patchedIn: patchWaves(`${place.accountId} ${name}`, place.environment, since),
        scanning: GAPS[name] ?? { kind: 'regular' },
        contents: { ...application, role: null, state: 'whole' },
      };
    }),
  ),
);

function ownerOf(accountId: string): string {
  return SAMPLE_ACCOUNTS.find((account) => account.id === accountId)?.name ?? accountId;
}
