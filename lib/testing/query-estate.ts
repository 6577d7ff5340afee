import type pg from 'pg';
import type { FindingFacts, PackageFacts, ResourceFacts } from '../core/model/finding-facts.ts';
import type { QueryField } from '../core/model/finding-query.ts';
import { buildFindingFacts, buildPackageFacts, buildResourceFacts } from './build-finding-facts.ts';
import { createRandom, pick } from './random.ts';

const DAY_MS = 86_400_000;
const ACCOUNTS = [
  { id: '111122223333', name: 'Payments', organizationalUnit: 'prod/edge' },
  { id: '444455556666', name: 'edge', organizationalUnit: 'prod' },
  { id: 'local', name: 'Outside AWS', organizationalUnit: '' },
] as const;
const PACKAGES = [
  'openssl',
  'OpenSSL',
  'libssl3',
  'log4j-core',
  'org.apache:log4j-core',
  'a_b',
  'a%b',
  '@scope/name',
  'x\ty',
];
const VERSIONS = ['1.0', '1.0.1', '2.14.1', '3.0.11-1~deb12u2', '10'];
const FLAWS = [
  {
    id: 'CVE-2021-44228',
    title: 'Log4Shell',
    related: ['GHSA-jfh8-c2jp-5v3q'],
    cwes: ['CWE-502', 'CWE-20'],
    epss: 0.94,
  },
  { id: 'CVE-2024-6387', title: 'regreSSHion in OpenSSH', related: ['USN-6859-1'], cwes: ['CWE-364'], epss: 0.5 },
  { id: 'CVE-2024-0001', title: '', related: [], cwes: [], epss: null },
  { id: 'GHSA-aaaa-bbbb-cccc', title: '100% of a_b', related: ['CVE-2024-63'], cwes: ['CWE-20'], epss: 0 },
] as const;
const IMAGES = ['docker.io/library/nginx:1.25 (linux/arm64)', 'registry.example:5000/team/app@sha256:aa', 'alpine'];

/** Findings as they are stored, and as facts. */
export interface QueryEstate {
  readonly facts: readonly FindingFacts[];
  /** Texts that occur in a field, in full, in part and in another case. */
  readonly textsOf: (field: QueryField) => readonly string[];
}

/** Findings of every state, drawn at random. The same seed gives the same. */
export function randomEstate(seed: number, count: number, now: Date): QueryEstate {
  const random = createRandom(seed);
  const resources = Array.from({ length: 40 }, (_, n) => ({
    account: pick(random, ACCOUNTS),
    resource: randomResource(random, n, now),
    region: pick(random, ['eu-central-1', 'us-east-1', 'local']),
    environment: pick(random, ['prod', 'test', null]),
  }));
  const facts = Array.from({ length: count }, (_, n) => randomFinding(random, n, pick(random, resources), now));
  return { facts, textsOf: (field) => TEXTS[field] ?? [] };
}

function randomResource(random: () => number, n: number, now: Date): ResourceFacts {
  const kind = pick(random, ['ec2', 'ecr', 'lambda', 'host', 'image'] as const);
  const isImage = kind === 'ecr' || kind === 'image';
  const name = isImage ? pick(random, IMAGES) : pick(random, ['payments-api', 'Edge-01', 'billing']);
  const id = kind === 'ec2' ? `arn:aws:ec2:eu-central-1:111122223333:instance/i-0${n}` : `${kind}:${name}:${n}`;
  const tags = pick(random, [{}, { Env: 'prod' }, { Env: 'Prod', 'Cost Center': '' }, { Team: 'a_b%c' }] as const);
  return buildResourceFacts({
    id,
    name,
    kind,
    tags: { ...tags },
    image: isImage
      ? {
          ...NO_IMAGE,
          architecture: pick(random, ['arm64', 'amd64']),
          digest: `sha256:${n % 3}cafe`,
          ...(kind === 'ecr' ? inEcr(n, now) : {}),
        }
      : null,
    function:
      kind === 'lambda'
        ? {
            name,
            layers: n % 2 === 0 ? ['tools:3', 'Shared:1'] : [],
            runtime: 'python3.11',
            role: null,
            modifiedAt: daysFrom(now, n),
          }
        : null,
    ami: kind === 'ec2' ? `ami-0${n % 4}` : null,
    vpc: kind === 'ec2' ? `vpc-${n % 3}` : null,
    subnets: kind === 'ec2' ? [`subnet-${n % 5}`] : [],
  });
}

/** Some days before a time, so that queries on dates find some. */
const daysFrom = (now: Date, n: number): Date => new Date(now.getTime() - (n % 20) * DAY_MS);

function inEcr(n: number, now: Date) {
  return {
    repository: 'team/App',
    tags: n % 2 === 0 ? ['Latest', `v${n % 3}`] : [],
    pushedAt: daysFrom(now, n),
    inUseCount: n % 4,
  };
}

const NO_IMAGE = {
  registry: null,
  repository: null,
  tags: [],
  pushedAt: null,
  lastInUseAt: null,
  inUseCount: null,
} as const;

type Place = {
  readonly account: FindingFacts['account'];
  readonly resource: ResourceFacts;
  readonly region: string;
  readonly environment: string | null;
};

function randomFinding(random: () => number, n: number, place: Place, now: Date): FindingFacts {
  const days = (least: number, most: number) =>
    new Date(now.getTime() + Math.round(least + random() * (most - least)) * DAY_MS);
  const maybe = <T>(value: T): T | null => (random() < 0.5 ? value : null);
  const teamStatus = pick(random, ['open', 'in-progress', 'awaiting-rescan', 'accepted', 'false-positive'] as const);
  const isHidden = teamStatus === 'accepted' || teamStatus === 'false-positive';
  const key = `${'0123456789abcdef'[n % 16]}${n.toString(16).padStart(31, '0')}`;
  const packages = Array.from({ length: Math.floor(random() * 3) }, () => randomPackage(random));
  return buildFindingFacts({
    ...place,
    arn: `arn:aws:inspector2:${place.region}:${place.account.id}:finding/${key}`,
    type: pick(random, ['PACKAGE_VULNERABILITY', 'NETWORK_REACHABILITY', 'CODE_VULNERABILITY', 'CIS'] as const),
    status: pick(random, isHidden ? (['SUPPRESSED', 'CLOSED'] as const) : (['ACTIVE', 'ACTIVE', 'CLOSED'] as const)),
    teamStatus,
    title: pick(random, ['CVE-2021-44228 - log4j-core', 'Port 22 is reachable', 'a_b']),
    severity: pick(random, ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNTRIAGED'] as const),
    score: maybe(Math.round(random() * 100) / 10),
    fixAvailable: pick(random, ['yes', 'no', 'partial'] as const),
    exploit: pick(random, ['kev', 'public', 'none'] as const),
    reach: pick(random, ['internet', 'peer', 'isolated', null] as const),
    owner: maybe(pick(random, ['u-mara', 'u-jun', 'U-Mara'])),
    team: maybe(pick(random, ['payments', 'Edge'])),
    firstSeenAt: days(-40, 0),
    lastSeenAt: days(-5, 0),
    updatedAt: days(-5, 0),
    dueAt: maybe(days(-4, 6)),
    // The clock of what is open runs: it stands still with a decision or a rule, which hide.
    pausedSince: isHidden && random() < 0.6 ? days(-3, 0) : null,
    snoozedUntil: random() < 0.3 ? days(-3, 3) : null,
    sources: pick(random, [['harrier'], ['security-hub'], ['harrier', 'security-hub'], []] as const),
    vulnerability: { ...pick(random, FLAWS), source: null, vendorSeverity: null },
    packages,
  });
}

function randomPackage(random: () => number): PackageFacts {
  const layer = pick(random, ['sha256:aa', 'sha256:ab', null]);
  const path = pick(random, ['/usr/lib/App', 'var/lib/dpkg/status']);
  return buildPackageFacts({ name: pick(random, PACKAGES), version: pick(random, VERSIONS), layer, path });
}

const TEXTS: Readonly<Partial<Record<QueryField, readonly string[]>>> = {
  cve: ['CVE-2021-44228', 'cve-2024-6387', 'ghsa-JFH8-c2jp-5v3q', 'CVE-2024-63', 'x', 'É'],
  related: ['GHSA-jfh8-c2jp-5v3q', 'usn-6859-1', 'CVE-2024-63'],
  cwe: ['CWE-20', 'cwe-502', 'CWE-2'],
  package: [...PACKAGES, 'LIBSSL3', 'open', 'sha256:aa', 'amd64'],
  version: [...VERSIONS, '1.0.', '/usr/lib/App', '/usr/lib/app', 'sha256:AA'],
  title: ['CVE-2021-44228 - log4j-core', 'port 22 is reachable', 'a_b', 'a%b'],
  resource: [
    'payments-api',
    'edge-01',
    'i-07',
    'I-08',
    'arn:aws:ec2:eu-central-1:111122223333:instance/i-09',
    'alpine',
    'É',
  ],
  image: [
    'nginx',
    'NGINX:1.25',
    'docker.io/library/nginx',
    'app',
    'registry.example:5000/team/app',
    'alpine',
    'sha256:1cafe',
    'team',
  ],
  account: ['111122223333', 'payments', 'EDGE', 'local'],
  ou: ['prod', 'prod/edge', 'PROD', 'pro', 'prod/e', 'edge'],
  region: ['eu-central-1', 'US-EAST-1', 'eu', 'local'],
  env: ['prod', 'PROD', 'none', 'te'],
  owner: ['u-mara', 'U-JUN', 'none', 'u-'],
  team: ['payments', 'edge', 'none', 'me'],
  finding: [
    'arn:aws:inspector2:eu-central-1:111122223333:finding/10000000000000000000000000000001',
    'arn:aws:inspector2:us-east-1:local:finding/2',
    'ARN:aws:inspector2:eu',
    'arn:aws:inspector2:local:4444',
    'arn:x',
    'ar',
  ],
  ami: ['ami-01', 'AMI-0', 'ami-03'],
  vpc: ['vpc-1', 'vpc'],
  subnet: ['subnet-4', 'Subnet-'],
  repo: ['team/app', 'team'],
  'image-tag': ['Latest', 'latest', 'v1', 'v'],
  layer: ['tools:3', 'shared'],
  runtime: ['python3.11', 'Python'],
  digest: ['sha256:1cafe', 'SHA256:2', 'sha'],
  arch: ['arm64', 'AMD64', 'a'],
  function: ['billing', 'payments-api', 'bill'],
  tag: ['prod', 'Prod', '', 'a_b%c', 'a_', 'P'],
  words: [
    'log4',
    'SSL',
    'ghsa-jfh8',
    'a_b',
    'a%b',
    '100%',
    'payments',
    'i-0',
    'nginx',
    'CVE-2021-44228 log',
    'É',
    'y',
    '\\',
  ],
};

/** Writes the findings straight into the tables. */
export async function storeFacts(pool: pg.Pool, facts: readonly FindingFacts[]): Promise<void> {
  const rows = facts.map((one) => ({ ...one, key: one.arn.slice(-32), sources: sourceBits(one) }));
  await pool.query(STORE_ACCOUNTS, [JSON.stringify(ACCOUNTS)]);
  await pool.query(STORE_RESOURCES, [JSON.stringify(rows)]);
  await pool.query(STORE_FLAWS, [JSON.stringify(FLAWS)]);
  await pool.query(STORE_CONTENTS, [JSON.stringify(rows)]);
  await pool.query(STORE_FINDINGS, [JSON.stringify(rows)]);
}

function sourceBits({ sources }: FindingFacts): number {
  return (sources.includes('harrier') ? 1 : 0) + (sources.includes('security-hub') ? 2 : 0);
}

const STORE_ACCOUNTS = `
insert into account (id, name, organizational_unit, first_seen_at, updated_at)
select a->>'id', a->>'name', a->>'organizationalUnit', now(), now() from jsonb_array_elements($1::jsonb) as a
on conflict do nothing`;

const STORE_RESOURCES = `
insert into resource (key, account_id, region, kind, name, environment, tags, image, cloud, first_seen_at, last_seen_at, search)
select distinct on (f#>>'{resource,id}') f#>>'{resource,id}', f#>>'{account,id}', f->>'region', f#>>'{resource,kind}',
  f#>>'{resource,name}', f->>'environment', f#>'{resource,tags}',
  case when f#>'{resource,image}' <> 'null' then jsonb_build_object('digest', f#>'{resource,image,digest}',
    'platform', 'linux/' || (f#>>'{resource,image,architecture}')) end,
  case f#>>'{resource,kind}'
    when 'ec2' then jsonb_build_object('kind', 'ec2', 'imageId', f#>'{resource,ami}', 'vpcId', f#>'{resource,vpc}',
      'subnetId', f#>'{resource,subnets,0}')
    when 'ecr' then jsonb_build_object('kind', 'ecr', 'repository', f#>'{resource,image,repository}', 'tags',
      f#>'{resource,image,tags}', 'pushedAt', f#>'{resource,image,pushedAt}',
      'inUse', jsonb_build_object('count', f#>'{resource,image,inUseCount}'))
    when 'lambda' then jsonb_build_object('kind', 'lambda', 'runtime', f#>'{resource,function,runtime}', 'layers',
      f#>'{resource,function,layers}', 'modifiedAt', f#>'{resource,function,modifiedAt}')
    else '{}' end,
  now(), now(), lower(f#>>'{resource,name}' || ' ' || (f#>>'{resource,id}'))
from jsonb_array_elements($1::jsonb) as f on conflict do nothing`;

const STORE_FLAWS = `
insert into vulnerability (id, aliases, title, description, severity, cwes, epss_probability, content_hash, updated_at)
select v->>'id', array(select jsonb_array_elements_text(v->'related')), v->>'title', '', 'HIGH',
  array(select jsonb_array_elements_text(v->'cwes')), (v->>'epss')::float8, '', now()
from jsonb_array_elements($1::jsonb) as v on conflict do nothing`;

const STORE_CONTENTS = `
insert into finding_content (hash, title, packages, rating)
select distinct on (1) md5(f->>'title' || (f->>'packages'))::uuid, f->>'title', f->'packages', '{}'
from jsonb_array_elements($1::jsonb) as f on conflict do nothing`;

const STORE_FINDINGS = `
insert into finding (key, resource_id, account_id, region, kind, environment, type, status, team_status, severity, score, kev,
  exploit, reach, fix_available, vulnerability_id, package_name, package_version, package_ecosystem, content, content_hash,
  sources, owner, team, first_seen_at, last_seen_at, opened_at, due_at, paused_since, snoozed_until, updated_at)
select (f->>'key')::uuid, r.id, f#>>'{account,id}', f->>'region', f#>>'{resource,kind}', f->>'environment', f->>'type',
  f->>'status', f->>'teamStatus', f->>'severity', (f->>'score')::float8, f->>'exploit' = 'kev', f->>'exploit', f->>'reach',
  f->>'fixAvailable', f#>>'{vulnerability,id}', coalesce(f#>>'{packages,0,name}', ''), '', '',
  md5(f->>'title' || (f->>'packages'))::uuid, (f->>'key')::uuid, (f->>'sources')::smallint, f->>'owner', f->>'team',
  (f->>'firstSeenAt')::timestamptz, (f->>'lastSeenAt')::timestamptz, (f->>'firstSeenAt')::timestamptz,
  (f->>'dueAt')::timestamptz, (f->>'pausedSince')::timestamptz, (f->>'snoozedUntil')::timestamptz,
  (f->>'updatedAt')::timestamptz
from jsonb_array_elements($1::jsonb) as f join resource r on r.key = f#>>'{resource,id}'`;
