/** One VPC of the sample estate, in the words of whoever planned it. */
export interface SampleNetwork {
  /** Name of the VPC, after which its parts are named. */
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  /** The first two numbers of its addresses. */
  readonly prefix: string;
  /** Without an internet gateway it has private subnets alone. */
  readonly hasGateway: boolean;
  /** Subnets and groups of a fleet; a machine named by itself has its own. */
  readonly fleets: Readonly<Record<string, string>>;
  /** What each group admits, and in which waves. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly balancers: readonly SampleBalancer[];
  /** Lists that nobody was allowed to read, and why. */
  readonly unread: Readonly<Record<string, string>>;
}

export interface SampleBalancer {
  readonly name: string;
  readonly kind: 'application' | 'network';
  readonly group: string;
  readonly fleet: string;
  /** Ports at which it listens, and those of the machines that it sends to. */
  readonly ports: readonly (readonly [listener: number, target: number])[];
}

const WORLD = '0.0.0.0/0';
const OFFICE = '203.0.113.0/24';
const WEB = [
  [443, 443],
  [80, 80],
] as const;
const BALANCERS_DENIED = 'elasticloadbalancing:DescribeLoadBalancers is denied.';

/** The networks of the sample estate: most are as they were planned, and a few have what crept in over the quarter. */
export const SAMPLE_NETWORKS: readonly SampleNetwork[] = [
  network('storefront', '111122223333 eu-west-1 10.10', {
    fleets: {
      'shop-web': 'private shop-web',
      'shop-api': 'private shop-api',
      'shop-db': 'private shop-db',
      'shop-cache': 'private shop-cache',
      'press-web': 'public press-web',
    },
    groups: {
      'shop-balancer': [`443/tcp from ${WORLD}`, `80/tcp from ${WORLD}`],
      'shop-web': ['443/tcp from shop-balancer', '80/tcp from shop-balancer'],
      'shop-api': ['8080/tcp from shop-web'],
      // Staging was let into production's database for one test, and nobody took it back.
      'shop-db': ['5432/tcp from shop-api', '5432/tcp from 10.20.0.0/16 in waves 6-'],
      'shop-cache': ['6379/tcp from shop-api'],
      'press-web': [
        `443/tcp from ${WORLD}`,
        `80/tcp from ${WORLD}`,
        `22/tcp from ${OFFICE}`,
        `22/tcp from ${WORLD} in waves 0-7`,
      ],
    },
    balancers: [{ name: 'shop', kind: 'application', group: 'shop-balancer', fleet: 'shop-web', ports: WEB }],
  }),
  network('storefront-staging', '111111111111 eu-west-1 10.20', {
    fleets: { 'shop-web-stg': 'private shop-web', 'shop-api-stg': 'private shop-api' },
    groups: {
      'shop-balancer': [`443/tcp from ${OFFICE}`],
      'shop-web': ['443/tcp from shop-balancer'],
      'shop-api': ['8080/tcp from shop-web'],
    },
    balancers: [
      {
        name: 'shop-staging',
        kind: 'application',
        group: 'shop-balancer',
        fleet: 'shop-web-stg',
        ports: [[443, 443]],
      },
    ],
  }),
  network('payments', '444455556666 eu-central-1 10.30', {
    fleets: {
      'payments-api': 'private payments-api',
      'payments-db': 'private payments-db',
      'payments-cache': 'private payments-cache',
      'ledger-worker': 'private ledger-worker',
    },
    groups: {
      'payments-balancer': [`443/tcp from ${WORLD}`],
      // A network load balancer hands on the clients' own addresses.
      'payments-api': [`8443/tcp from ${WORLD}`],
      'payments-db': ['5432/tcp from payments-api', '5432/tcp from ledger-worker'],
      'payments-cache': ['6379/tcp from payments-api'],
      'ledger-worker': [],
    },
    balancers: [
      {
        name: 'payments',
        kind: 'network',
        group: 'payments-balancer',
        fleet: 'payments-api',
        ports: [[443, 8443]],
      },
    ],
  }),
  network('payments-staging', '222222222222 eu-central-1 10.31', {
    hasGateway: false,
    fleets: { 'payments-api-stg': 'private payments-api' },
    groups: { 'payments-api': ['8443/tcp from payments-api'] },
  }),
  network('logistics', '777788889999 us-east-1 10.40', {
    fleets: {
      'tracking-web': 'private tracking-web',
      'routing-api': 'private routing-api',
      'routing-db': 'private routing-db',
    },
    groups: {
      'tracking-balancer': [`443/tcp from ${WORLD}`, `80/tcp from ${WORLD}`],
      'tracking-web': ['443/tcp from tracking-balancer', '80/tcp from tracking-balancer'],
      'routing-api': ['8080/tcp from tracking-web'],
      'routing-db': ['5432/tcp from routing-api', '5432/tcp from 10.41.0.0/16'],
    },
    balancers: [
      { name: 'tracking', kind: 'application', group: 'tracking-balancer', fleet: 'tracking-web', ports: WEB },
    ],
  }),
  network('data', '123456789012 us-east-1 10.41', {
    hasGateway: false,
    fleets: { 'etl-worker': 'private etl-worker', 'warehouse-db': 'private warehouse-db' },
    groups: { 'etl-worker': [], 'warehouse-db': ['5432/tcp from etl-worker'] },
  }),
  network('sandbox', '333333333333 eu-west-1 10.50', {
    fleets: { sandbox: 'public sandbox', 'sandbox-02': 'public sandbox experiments' },
    groups: {
      sandbox: [`22/tcp from ${OFFICE}`, `8000-9000/tcp from ${WORLD} in waves 2-`],
      experiments: [`3389/tcp from ${WORLD} in waves 3-6`, `6379/tcp from ${WORLD} in waves 5-`],
    },
  }),
  network('build', '444444444444 eu-west-1 10.51', {
    fleets: { builder: 'private builder' },
    groups: { builder: ['22/tcp from 10.60.0.0/16'] },
  }),
  network('shared', '555555555555 eu-west-1 10.60', {
    fleets: { bastion: 'public bastion', 'bastion-02': 'public bastion vendor-access' },
    groups: {
      bastion: [`22/tcp from ${OFFICE}`],
      // Meant for an hour, and for one vendor.
      'vendor-access': [`22/tcp from ${WORLD} in waves 9-`],
    },
  }),
  network('vpn', '555555555555 us-east-1 10.61', {
    fleets: { 'vpn-gateway': 'public vpn-gateway' },
    groups: { 'vpn-gateway': [`1194/udp from ${WORLD}`, `443/tcp from ${WORLD}`, `22/tcp from ${OFFICE}`] },
  }),
  network('erp', '999999999999 eu-central-1 10.90', {
    fleets: { 'erp-app': 'private erp-app', 'erp-db': 'private erp-db' },
    groups: {
      'erp-balancer': [`443/tcp from ${WORLD}`],
      'erp-app': ['443/tcp from erp-balancer'],
      'erp-db': ['5432/tcp from erp-app'],
    },
    unread: { LoadBalancers: BALANCERS_DENIED, LoadBalancerDescriptions: BALANCERS_DENIED },
  }),
];

/** Networks that are peered, by name. */
export const SAMPLE_PEERINGS: readonly (readonly [requester: string, accepter: string])[] = [
  ['storefront-staging', 'storefront'],
  ['data', 'logistics'],
  ['shared', 'build'],
];

type Plan = Pick<SampleNetwork, 'fleets' | 'groups'> & Partial<SampleNetwork>;

function network(name: string, where: string, plan: Plan): SampleNetwork {
  const [accountId = '', region = '', prefix = ''] = where.split(' ');
  return { name, accountId, region, prefix, hasGateway: true, balancers: [], unread: {}, ...plan };
}
