import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../testing/random.ts';
import type { Inventory } from '../model/inventory.ts';
import { collectSsmCommand } from './ssm-command.ts';

const { signal } = new AbortController();
const packed = (text: string | Uint8Array): string => gzipSync(text).toString('base64');
const inventoryOf = (...records: readonly string[]): Promise<Inventory> =>
  collectSsmCommand(packed([...records, 'end', ''].join('\n')), signal);

const DEBIAN = [
  'file\tetc/os-release\tID=debian%0AVERSION_ID="12"%0A',
  'file\tvar/lib/dpkg/status\tPackage: a%0AStatus: install ok installed%0AVersion: 1%0A%0A',
];
const METADATA = 'file\tusr/lib/python3/dist-packages/x.dist-info/METADATA\tName: x%0AVersion: 1.0%0A';
const names = ({ packages }: Inventory): readonly string[] => packages.map(({ name }) => name);

describe('the result of the command', () => {
  it('is an inventory, which says that the command does not look at everything', async () => {
    const inventory = await inventoryOf(...DEBIAN, 'file\topt/50%25 %09 %0A/y.egg-info\tName: y%0AVersion: 1.0%0A');

    expect(inventory).toMatchObject({ outcome: 'complete', distro: { id: 'debian', versionId: '12' } });
    expect(names(inventory)).toEqual(['a', 'y']);
    expect(inventory.packages[1]?.path).toBe('opt/50% \t \n/y.egg-info');
    expect(inventory).toMatchObject({ diagnostics: [], narrowWay: 'ssm-command' });
    expect(inventory).not.toHaveProperty('reason');
  });

  it('leaves out what the lists of dpkg own, and by its folders where there are none', async () => {
    const own = 'own\tusr/lib/python3/dist-packages/x.dist-info/METADATA\tdpkg\t';

    expect(names(await inventoryOf(...DEBIAN, METADATA, own, 'lists\tdpkg'))).toEqual(['a']);
    expect(names(await inventoryOf(...DEBIAN, METADATA, 'lists\tdpkg'))).toEqual(['a', 'x']);
    expect(names(await inventoryOf(...DEBIAN, METADATA))).toEqual(['a']);
  });

  it('names Java archives by their files where nothing could unpack them, and says so', async () => {
    const jars = ['opt/log4j-core-2.14.1.jar', 'opt/plain.jar'].map((path) => `jar\t${path}\t\tname\t\t\t\t0`);
    const inventory = await inventoryOf(...DEBIAN, ...jars, 'missing\tunzip');

    expect(inventory.outcome).toBe('complete');
    expect(inventory.packages[1]).toMatchObject({
      name: 'org.apache.logging.log4j:log4j-core',
      version: '2.14.1',
      confidence: 'low',
    });
    expect(inventory.diagnostics.map(({ message }) => message)).toContain(
      '2 Java archives were read by their names only, because unzip is not installed.',
    );
  });

  it.each([
    ['that stand deeper than are read', 'jar\ta.ear\ta.war!/b.jar\tread\t\t\t\t1'],
    ['that are more than are read', 'jar\ta.ear\t\tread\t\t\t\t501'],
  ])('is partial with archives %s', async (_why, jar) => {
    expect(await inventoryOf(...DEBIAN, jar)).toMatchObject({
      outcome: 'partial',
      diagnostics: [{ level: 'warning' }],
    });
  });

  it('reads every pom.properties of an archive, and guesses where they name another file', async () => {
    const properties = 'version=1.0%0AgroupId=org.a%0AartifactId=a%0AgroupId=org.b%0AartifactId=b%0Aversion=2.0%0A';
    const manifest = 'Implementation-Vendor-Id: org.shaded%0AImplementation-Version: 7.0%0A';
    const inventory = await inventoryOf(...DEBIAN, `jar\topt/shaded-7.0.jar\t\tread\t${manifest}\t${properties}\t\t0`);

    expect(names(inventory)).toEqual(['a', 'org.a:a', 'org.b:b', 'org.shaded:shaded']);
  });

  it.each([
    ['limit\tpackages', 'DEEP_INSPECTION_PACKAGE_COLLECTION_LIMIT_EXCEEDED'],
    ['limit\ttime', 'DEEP_INSPECTION_COLLECTION_TIME_LIMIT_EXCEEDED'],
    ['missing\tfind', undefined],
    ['problem\tsrv/data\tPermission denied', undefined],
  ])('is partial after %j', async (record, reason) => {
    const inventory = await inventoryOf(...DEBIAN, record);

    expect(inventory.outcome).toBe('partial');
    expect(inventory.reason).toBe(reason);
    expect(inventory.diagnostics[0]?.level).toBe('warning');
  });

  it('is partial where rpm is not there or names packages that cannot be', async () => {
    const rhel = ['file\tetc/os-release\tID=rhel%0AVERSION_ID=9%0A', 'rpmdb\tvar/lib/rpm/Packages'];
    const bash = 'rpm\tbash\t(none)\t5.1.8\t9.el9\tx86_64\tbash-5.1.8-9.el9.src.rpm\tRed Hat\t(none)';

    expect((await inventoryOf(...rhel, 'missing\trpm')).outcome).toBe('partial');
    expect(await inventoryOf(...rhel, bash)).toMatchObject({ outcome: 'complete', packages: [{ sourceName: 'bash' }] });
    expect(await inventoryOf(...rhel, bash, 'rpm\ta\tb')).toMatchObject({
      outcome: 'partial',
      packages: [{ name: 'bash' }],
    });
  });
});

const END = 'end\n';

describe('what no host would send', () => {
  it.each<[string, string]>([
    ['nothing', ''],
    ['no base64', 'H4sI-._'],
    ['nothing packed', Buffer.from('no gzip').toString('base64')],
    ['a cut packing', packed('x'.repeat(10_000)).slice(0, 40)],
    ['a text that unpacks to gigabytes', packed(Buffer.alloc(65 * 1024 * 1024))],
    ['zero bytes', packed(`file\ta\0b\tx\n${END}`)],
    ['an empty text', packed('')],
    ['no end', packed('file\ta\tb\n')],
    ['something behind the end', packed(`${END}file\ta\tb\n`)],
    ['unknown records', packed(`run\trm -rf\n${END}`)],
    ['records with too many fields', packed(`file\ta\tb\tc\n${END}`)],
    ['files without a name', packed(`file\t\tb\n${END}`)],
    ['archives of no kind', packed(`jar\ta\t\tguess\t\t\t\t0\n${END}`)],
    ['archives with numbers that are none', packed(`jar\ta\t\tread\t\t\t\t-1\n${END}`)],
    ['records without end', packed('own\ta\tdpkg\t\n'.repeat(300_001) + END)],
    ['words without end', packed(Array.from({ length: 30 }, (_, n) => `limit\t${n}\n`).join('') + END)],
  ])('%s is a failed inventory in words', async (_what, base64) => {
    expect(await collectSsmCommand(base64, signal)).toEqual({
      distro: null,
      packages: [],
      outcome: 'failed',
      diagnostics: [{ level: 'error', path: null, message: expect.stringMatching(/^[A-Z].*\.$/) }],
      reason: 'INTERNAL_ERROR',
    });
  });

  it('is never thrown, whatever bytes of a true result are changed', async () => {
    const text = [
      ...DEBIAN,
      METADATA,
      'own\tusr/lib/python3/dist-packages/x.dist-info/METADATA\tdpkg\t',
      'rpmdb\tvar/lib/rpm/Packages',
      'rpm\tbash\t1\t5\t9\tx86_64\tbash-5-9.src.rpm\tRed Hat\t(none)',
      'jar\ta.jar\tb.jar\tread\tBundle-Version: 1%0A\tgroupId=a%0A\torg/a/%0A\t0',
      'file\tsrv/node_modules/x/package.json\t{"name":"x","version":"1.0.0","private":false}',
      'lists\tdpkg',
      END,
    ].join('\n');
    const random = createRandom(7);
    for (let round = 0; round < 400; round += 1) {
      const bytes = Buffer.from(text);
      for (let change = 0; change < 1 + (round % 4); change += 1) {
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      }
      const { outcome } = await collectSsmCommand(packed(bytes), signal);
      expect(['complete', 'partial', 'failed']).toContain(outcome);
    }
  });
});
