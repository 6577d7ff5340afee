import type {
  DateField,
  FindingQuery,
  NumberField,
  QueryField,
  QueryTerm,
  TextField,
  WordField,
} from '../../model/finding-query.ts';
import { foldCase } from './fold-case.ts';

/** Facts of the estate that values can be offered from. */
export const VALUE_SOURCES = [
  'accounts',
  'organizational-units',
  'regions',
  'environments',
  'owners',
  'teams',
  'packages',
  'vulnerabilities',
  'resources',
  'images',
  'tag-keys',
] as const;
export type ValueSource = (typeof VALUE_SOURCES)[number];

/** A word with what it means; nothing is said of words that say it themselves. */
type Words = Readonly<Record<string, string>>;

/** What one key of the query language takes and means. Parsing, formatting, completion and conversion all read this. */
export interface FieldSpec {
  readonly kind: QueryTerm['kind'];
  /** Said in the completion list. */
  readonly description: string;
  readonly aliases: readonly string[];
  /** The words that it takes; all of them where it takes nothing else. */
  readonly words: Words;
  /** Text that is written in full at once, to show what a value looks like. */
  readonly examples: readonly string[];
  readonly source: ValueSource | null;
  /** Letter case counts. */
  readonly exactCase: boolean;
  /** Smallest and greatest number. */
  readonly limits: readonly [number, number] | null;
  readonly wholeNumbers: boolean;
  /** A number may be written as per cent of one. */
  readonly percent: boolean;
  /** Ages count from now on, not back. */
  readonly ahead: boolean;
  /** A short spelling of a text in full: `79` is `CWE-79`. */
  readonly expand: ((text: string) => string) | null;
  /** The field of Amazon Inspector's filter criteria that asks the same. */
  readonly inspector: string | null;
  /** For each of its words there the words here that together mean the same. */
  readonly inspectorWords: Readonly<Record<string, readonly string[]>>;
}

type More = Partial<Omit<FieldSpec, 'kind' | 'description' | 'words' | 'limits'>>;

function spec(kind: FieldSpec['kind'], description: string, more: Partial<FieldSpec> = {}): FieldSpec {
  return {
    kind,
    description,
    aliases: [],
    words: {},
    examples: [],
    source: null,
    exactCase: false,
    limits: null,
    wholeNumbers: false,
    percent: false,
    ahead: false,
    expand: null,
    inspector: null,
    inspectorWords: {},
    ...more,
  };
}

const word = (description: string, words: Words, more: More = {}) => spec('word', description, { ...more, words });
const text = (description: string, more: More & { words?: Words } = {}) => spec('text', description, more);
const date = (description: string, more: More = {}) =>
  spec('date', description, { examples: ['<7d', '<24h', '>30d'], ...more });
const number = (description: string, limits: readonly [number, number], more: More = {}) =>
  spec('number', description, { ...more, limits });

const WORD_FIELDS = {
  is: word('state of the finding', {
    open: 'active: neither closed nor hidden',
    'in-progress': 'somebody works on it',
    'awaiting-rescan': 'said to be fixed; the next scan tells',
    fixed: 'closed by a scan',
    accepted: 'the risk is kept on purpose',
    'false-positive': 'said not to apply',
    suppressed: 'hidden by a rule or a decision',
    overdue: 'open, and its due date has passed',
    assigned: 'a person or a team has it',
    snoozed: 'put off until a later day',
    any: 'whatever its state',
  }),
  status: word(
    'state as Amazon Inspector has it',
    { active: '', suppressed: '', closed: '' },
    {
      inspector: 'findingStatus',
      inspectorWords: { ACTIVE: ['active'], SUPPRESSED: ['suppressed'], CLOSED: ['closed'] },
    },
  ),
  severity: word(
    'published rating',
    { critical: '', high: '', medium: '', low: '', informational: '', untriaged: 'nobody has rated it' },
    {
      aliases: ['sev'],
      inspector: 'severity',
      inspectorWords: {
        CRITICAL: ['critical'],
        HIGH: ['high'],
        MEDIUM: ['medium'],
        LOW: ['low'],
        INFORMATIONAL: ['informational'],
        UNTRIAGED: ['untriaged'],
      },
    },
  ),
  type: word(
    'kind of finding',
    { package: 'a vulnerable package', network: 'a reachable port', code: 'a flaw in code', cis: 'a failed control' },
    {
      inspector: 'findingType',
      inspectorWords: {
        PACKAGE_VULNERABILITY: ['package'],
        NETWORK_REACHABILITY: ['network'],
        CODE_VULNERABILITY: ['code'],
      },
    },
  ),
  fix: word(
    'a fixed version exists',
    { yes: 'for every package', no: '', partial: 'for some of the packages' },
    { inspector: 'fixAvailable', inspectorWords: { YES: ['yes'], NO: ['no'], PARTIAL: ['partial'] } },
  ),
  exploit: word(
    'what is known of its exploitation',
    {
      kev: 'in the catalogue of known exploited vulnerabilities',
      public: 'an exploit is public, exploitation is not known',
      none: '',
    },
    { inspector: 'exploitAvailable', inspectorWords: { YES: ['kev', 'public'], NO: ['none'] } },
  ),
  reach: word('who can reach the resource', {
    internet: '',
    peer: 'from other networks only',
    isolated: '',
    unknown: 'nobody looked',
  }),
  kind: word(
    'kind of resource',
    {
      ec2: 'instance',
      ecr: 'image in ECR',
      lambda: 'Lambda function',
      host: 'machine outside AWS',
      image: 'image of another registry',
      function: 'archive of a function',
      source: 'archive of sources',
      sbom: 'SBOM document',
      'ecr-repository': 'repository in ECR',
      'code-repository': 'repository of code',
    },
    {
      inspector: 'resourceType',
      inspectorWords: {
        AWS_EC2_INSTANCE: ['ec2'],
        AWS_ECR_CONTAINER_IMAGE: ['ecr'],
        AWS_ECR_REPOSITORY: ['ecr-repository'],
        AWS_LAMBDA_FUNCTION: ['lambda'],
        CODE_REPOSITORY: ['code-repository'],
      },
    },
  ),
  sla: word('how it stands with its due date', {
    'on-time': 'more than 48 hours left',
    soon: '48 hours left, or less',
    over: 'the due date has passed',
    paused: 'the clock stands still',
    none: 'no due date, or closed',
  }),
  source: word('who reports it', { harrier: 'own scans', securityhub: 'AWS Security Hub' }),
} as const satisfies Record<WordField, FieldSpec>;

const TEXT_FIELDS = {
  cve: text('id of the vulnerability, or another name of it', {
    aliases: ['vuln', 'vulnerability'],
    examples: ['CVE-2021-44228'],
    source: 'vulnerabilities',
    expand: (value) => (/^\d{4}-\d{4,9}$/.test(value) ? `CVE-${value}` : value),
    inspector: 'vulnerabilityId',
  }),
  cwe: text('kind of weakness', {
    examples: ['CWE-79'],
    expand: (value) => (/^\d{1,5}$/.test(value) ? `CWE-${value}` : value),
  }),
  version: text('installed version of an affected package'),
  title: text('title of the finding', { inspector: 'title' }),
  finding: text('ARN of the finding', { inspector: 'findingArn' }),
  related: text('another name of the vulnerability', { inspector: 'relatedVulnerabilities' }),
  'vuln-source': text('who described the vulnerability', { examples: ['NVD'], inspector: 'vulnerabilitySource' }),
  'vendor-severity': text("the publisher's own word for the severity", { inspector: 'vendorSeverity' }),
  resource: text('name or id of the resource', { source: 'resources', inspector: 'resourceId' }),
  image: text('name or digest of the image', { source: 'images', examples: ['nginx', 'nginx:1.25'] }),
  account: text('id or name of the account', { aliases: ['acct'], source: 'accounts', inspector: 'awsAccountId' }),
  ou: text('organisational unit, with those below it', { source: 'organizational-units', examples: ['prod/edge'] }),
  region: text('AWS region', { source: 'regions', examples: ['eu-central-1'] }),
  env: text('environment', {
    aliases: ['environment'],
    source: 'environments',
    words: { none: 'no environment is known' },
  }),
  owner: text('person who has it', { source: 'owners', words: { me: 'yourself', none: 'nobody' } }),
  team: text('team that has it', { source: 'teams', words: { none: 'no team' } }),
  control: text('control of a benchmark', { examples: ['1.4.1'] }),
  ami: text('machine image of the instance', { examples: ['ami-0abc*'], inspector: 'ec2InstanceImageId' }),
  vpc: text('network of the instance', { inspector: 'ec2InstanceVpcId' }),
  subnet: text('subnet of the instance', { inspector: 'ec2InstanceSubnetId' }),
  arch: text('architecture of the image', { examples: ['amd64', 'arm64'], inspector: 'ecrImageArchitecture' }),
  registry: text('registry of the image', { inspector: 'ecrImageRegistry' }),
  repo: text('repository of the image', { aliases: ['repository'], inspector: 'ecrImageRepositoryName' }),
  'image-tag': text('tag of the image', { exactCase: true, examples: ['latest'], inspector: 'ecrImageTags' }),
  digest: text('digest of the image', { inspector: 'ecrImageHash' }),
  protocol: text('protocol of the port', { examples: ['TCP', 'UDP'], inspector: 'networkProtocol' }),
  component: text('step of the network path', { inspector: 'componentId' }),
  'component-type': text('kind of a step of the network path', { inspector: 'componentType' }),
  function: text('name of the function', { inspector: 'lambdaFunctionName' }),
  layer: text('layer of the function', { inspector: 'lambdaFunctionLayers' }),
  runtime: text('runtime of the function', { examples: ['python3.11'], inspector: 'lambdaFunctionRuntime' }),
  role: text('role of the function', { inspector: 'lambdaFunctionExecutionRoleArn' }),
  detector: text('detector of code flaws', { inspector: 'codeVulnerabilityDetectorName' }),
  'detector-tag': text('tag of the detector', { inspector: 'codeVulnerabilityDetectorTags' }),
  file: text('file with the flaw', { exactCase: true, inspector: 'codeVulnerabilityFilePath' }),
  project: text('project of the code', { inspector: 'codeRepositoryProjectName' }),
  provider: text('host of the code', { inspector: 'codeRepositoryProviderType' }),
} as const satisfies Record<TextField, FieldSpec>;

const MEASURED_FIELDS = {
  score: number('our score, 0 to 10', [0, 10], { examples: ['>=9', '>=7', '>=4'] }),
  'inspector-score': number('score after Amazon Inspector, 0 to 10', [0, 10], {
    examples: ['>=9', '>=7'],
    inspector: 'inspectorScore',
  }),
  epss: number('probability of exploitation in 30 days', [0, 1], {
    percent: true,
    examples: ['>=0.5', '>=10%'],
    inspector: 'epssScore',
  }),
  'in-use-count': number('tasks and pods that run the image', [0, 1e15], {
    examples: ['>=1'],
    inspector: 'ecrImageInUseCount',
  }),
  port: number('open port', [0, 65_535], {
    wholeNumbers: true,
    examples: ['22', '8000..8999'],
    inspector: 'portRange',
  }),
  first: date('first seen', { aliases: ['first-seen'], inspector: 'firstObservedAt' }),
  last: date('last seen', { aliases: ['last-seen'], inspector: 'lastObservedAt' }),
  updated: date('last changed', { inspector: 'updatedAt' }),
  due: date('due date; ages count the time that is left', { ahead: true, examples: ['<=7d', '0d..7d'] }),
  pushed: date('image was pushed', { inspector: 'ecrImagePushedAt' }),
  'in-use': date('image was last in use', { inspector: 'ecrImageLastInUseAt' }),
  modified: date('function was last changed', { inspector: 'lambdaFunctionLastModifiedAt' }),
} as const satisfies Record<NumberField | DateField, FieldSpec>;

/** Every key of the query language. */
export const QUERY_FIELDS: Readonly<Record<QueryField, FieldSpec>> = {
  ...WORD_FIELDS,
  ...TEXT_FIELDS,
  ...MEASURED_FIELDS,
  package: spec('package', 'name of an affected package, or several facts of one', {
    aliases: ['pkg'],
    source: 'packages',
    examples: ['openssl', 'openssl;version=3.0*'],
    inspector: 'vulnerablePackages',
  }),
  tag: spec('tag', 'tag of the resource', {
    exactCase: true,
    source: 'tag-keys',
    examples: ['Team=payments'],
    inspector: 'resourceTags',
  }),
  words: spec('words', 'text anywhere in vulnerability, title, package or resource'),
};

const FIELD_NAMES = Object.keys(QUERY_FIELDS) as readonly QueryField[];

/** The keys in the order of the table: `words` is none that can be written. */
export const QUERY_KEYS: readonly QueryField[] = FIELD_NAMES.filter((name) => name !== 'words');

const FIELD_BY_KEY: ReadonlyMap<string, QueryField> = new Map(
  QUERY_KEYS.flatMap((name) => [name, ...QUERY_FIELDS[name].aliases].map((key) => [key, name] as const)),
);

/** The field of a key or alias, whatever the case of its letters; null where there is none. */
export function fieldOfKey(key: string): QueryField | null {
  return FIELD_BY_KEY.get(foldCase(key)) ?? null;
}

/** True when the query speaks of its reader, and so means something else for everybody. */
export function namesReader({ terms }: FindingQuery): boolean {
  return terms.some(
    (term) => term.kind === 'text' && term.values.some((value) => value.kind === 'word' && value.word === 'me'),
  );
}

/** The query with its reader's id in place of `me`. */
export function forReader({ terms }: FindingQuery, reader: string): FindingQuery {
  return {
    terms: terms.map((term) =>
      term.kind === 'text'
        ? {
            ...term,
            values: term.values.map((value) =>
              value.kind === 'word' && value.word === 'me'
                ? { kind: 'text' as const, text: reader, prefix: false }
                : value,
            ),
          }
        : term,
    ),
  };
}
