import {
  drawFrom,
  patchWaves,
  SAMPLE_WAVES,
  type SampleContents,
  type SampleThing,
  sampleResource,
} from './sample-thing.ts';

type Runtime = Pick<SampleContents, 'npm' | 'python'>;

const RUNTIMES: Readonly<Record<string, Runtime>> = {
  'node-api': { npm: 'server', python: null },
  'node-job': { npm: 'worker', python: null },
  'python-api': { npm: null, python: 'api' },
  'python-job': { npm: null, python: 'worker' },
};

/** Account, region, environment tag, then `name=runtime` for each function. */
const GROUPS: readonly string[] = [
  '111122223333 eu-west-1 prod order-confirm=node-api price-refresh=node-job cart-expire=node-job image-resize=python-job newsletter=python-job stock-sync=node-api feed-export=python-job gift-card-codes=python-api',
  '444455556666 eu-central-1 prod refund-notify=python-api card-tokenise=python-api payout-batch=python-job dispute-intake=python-api fx-rates=python-job webhook-retry=node-api',
  '777788889999 us-east-1 prod label-print=node-job eta-estimate=python-api parcel-events=node-api customs-form=python-job pickup-slots=node-api',
  '123456789012 us-east-1 prod partition-repair=python-job schema-check=python-job usage-rollup=python-job lake-compact=python-job event-router=node-api',
  '111111111111 eu-west-1 staging order-confirm=node-api price-refresh=node-job image-resize=python-job',
  '222222222222 eu-central-1 staging refund-notify=python-api payout-batch=python-job webhook-retry=node-api',
  '333333333333 eu-west-1 dev chat-digest=node-job load-test=node-job demo-data=python-job clean-up=python-job',
  '444444444444 eu-west-1 dev build-status=node-api cache-warm=node-job release-notes=python-api',
  '555555555555 us-east-1 - dns-audit=python-job flow-logs=python-job ip-inventory=python-api',
  '999999999999 eu-central-1 - invoice-bridge=python-api',
];

/** Functions that have never been scanned. */
const NEVER: ReadonlySet<string> = new Set(['invoice-bridge', 'load-test', 'dns-audit']);

/** The function that is deployed last; nothing else of the estate is as new. */
const NEWEST = 'gift-card-codes';

/** The Lambda functions of the sample estate. */
export const SAMPLE_FUNCTIONS: readonly SampleThing[] = GROUPS.flatMap((line) => {
  const [accountId = '', region = '', environment = '-', ...functions] = line.split(' ');
  return functions.map((entry) => {
    const [name = '', runtime = ''] = entry.split('=');
    return functionOf(accountId, region, environment === '-' ? null : environment, name, runtime);
  });
});

function functionOf(
  accountId: string,
  region: string,
  environment: string | null,
  name: string,
  runtime: string,
): SampleThing {
  const since = name === NEWEST ? SAMPLE_WAVES - 1 : appearedIn(`${accountId} ${name}`);
  return {
    resource: sampleResource({ accountId, region, kind: 'lambda', name, environment, tags: { Runtime: runtime } }),
    since,
    patchedIn: patchWaves(`${accountId} ${name}`, environment, since),
    scanning: NEVER.has(name) ? { kind: 'never' } : { kind: 'regular' },
    contents: { release: null, role: null, npm: null, python: null, ...RUNTIMES[runtime], state: 'whole' },
  };
}

/** One function in four was deployed within the quarter. */
function appearedIn(key: string): number {
  return drawFrom(`${key} new`, 4) === 0 ? 1 + drawFrom(`${key} since`, 10) : 0;
}
