import type { SampleRelease, SampleRole } from './packages.ts';
import { drawFrom, patchWaves, type SampleScanning, type SampleThing, sampleResource } from './sample-thing.ts';

interface Fleet {
  readonly name: string;
  readonly count: number;
  readonly accountId: string;
  readonly region: string;
  readonly environment: string | null;
  readonly release: SampleRelease;
  readonly role: SampleRole;
  readonly application: string;
  readonly npm?: 'server' | 'site' | 'worker';
  readonly python?: 'site' | 'api' | 'worker';
}

function fleet(line: string): Fleet {
  const [name, count, accountId, region, environment, release, role, application, npm, python] = line.split(' ');
  return {
    name: name ?? '',
    count: Number(count),
    accountId: accountId ?? '',
    region: region ?? '',
    environment: environment === '-' ? null : (environment ?? null),
    release: release as SampleRelease,
    role: role as SampleRole,
    application: application ?? '',
    ...(npm && npm !== '-' ? { npm: npm as 'server' } : {}),
    ...(python && python !== '-' ? { python: python as 'api' } : {}),
  };
}

/** Name, machines, account, region, environment tag, release, role, application, npm and Python applications. */
const FLEETS: readonly Fleet[] = [
  'shop-web 6 111122223333 eu-west-1 prod ubuntu-22.04 web storefront site -',
  'shop-api 5 111122223333 eu-west-1 prod ubuntu-22.04 api storefront server -',
  'shop-db 2 111122223333 eu-west-1 prod debian-11 db storefront - -',
  'shop-cache 2 111122223333 eu-west-1 prod debian-11 cache storefront - -',
  'payments-api 5 444455556666 eu-central-1 prod debian-12 api payments - api',
  'payments-db 2 444455556666 eu-central-1 prod ubuntu-22.04 db payments - -',
  'payments-cache 1 444455556666 eu-central-1 prod ubuntu-20.04 cache payments - -',
  'ledger-worker 2 444455556666 eu-central-1 prod debian-12 build payments - worker',
  'routing-api 4 777788889999 us-east-1 prod ubuntu-20.04 api logistics server -',
  'routing-db 2 777788889999 us-east-1 prod ubuntu-20.04 db logistics - -',
  'tracking-web 3 777788889999 us-east-1 prod debian-11 web logistics - site',
  'etl-worker 4 123456789012 us-east-1 prod ubuntu-22.04 build data - worker',
  'warehouse-db 1 123456789012 us-east-1 prod ubuntu-22.04 db data - -',
  'shop-web-stg 2 111111111111 eu-west-1 staging ubuntu-22.04 web storefront site -',
  'shop-api-stg 2 111111111111 eu-west-1 staging ubuntu-22.04 api storefront server -',
  'payments-api-stg 2 222222222222 eu-central-1 staging debian-11 api payments - api',
  'press-web 2 111122223333 eu-west-1 prod ubuntu-20.04 web storefront site -',
  'sandbox 4 333333333333 eu-west-1 dev ubuntu-20.04 build engineering worker worker',
  'builder 4 444444444444 eu-west-1 dev debian-11 build engineering server -',
  'bastion 3 555555555555 eu-west-1 prod ubuntu-22.04 bastion network - -',
  'vpn-gateway 2 555555555555 us-east-1 prod debian-12 bastion network - -',
  'erp-app 2 999999999999 eu-central-1 - debian-11 web erp - site',
  'erp-db 1 999999999999 eu-central-1 - ubuntu-20.04 db erp - -',
].map(fleet);

/** Machines that cannot be scanned as they should, and why. */
const GAPS: Readonly<Record<string, SampleScanning | 'no-database'>> = {
  'erp-app-02': { kind: 'never' },
  'erp-db-01': { kind: 'never' },
  'sandbox-04': { kind: 'never' },
  'vpn-gateway-02': { kind: 'denied-from', wave: 9 },
  'bastion-03': { kind: 'denied-from', wave: 11 },
  'builder-04': { kind: 'until', wave: 7 },
  'sandbox-03': { kind: 'until', wave: 4 },
  'erp-app-01': 'no-database',
  'warehouse-db-01': 'no-database',
};

/** The EC2 instances of the sample estate. */
export const SAMPLE_INSTANCES: readonly SampleThing[] = FLEETS.flatMap((group) =>
  Array.from({ length: group.count }, (_, index) => instanceOf(group, index)),
);

function instanceOf(group: Fleet, index: number): SampleThing {
  const name = `${group.name}-${String(index + 1).padStart(2, '0')}`;
  const gap = GAPS[name];
  // Machines beyond the second of a fleet may have been added as the fleet grew.
  const since = index > 1 && drawFrom(`${name} grown`, 3) === 0 ? 1 + drawFrom(`${name} since`, 11) : 0;
  return {
    resource: sampleResource({
      accountId: group.accountId,
      region: group.region,
      kind: 'ec2',
      name,
      environment: group.environment,
      tags: { Application: group.application, Role: group.role },
    }),
    since,
    patchedIn: patchWaves(name, group.environment, since),
    scanning: gap && gap !== 'no-database' ? gap : { kind: 'regular' },
    contents: {
      release: group.release,
      role: group.role,
      npm: group.npm ?? null,
      python: group.python ?? null,
      state: gap === 'no-database' ? 'no-database' : 'whole',
    },
  };
}
