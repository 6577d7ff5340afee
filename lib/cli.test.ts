import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS, helpText } from './cli.ts';
import { type LayerFiles, layerTar } from './testing/layer-tar.ts';
import { writeOciLayout } from './testing/oci-layout.ts';
import { startRegistryServer } from './testing/registry-server.ts';
import { runCli } from './testing/run-cli.ts';

const RELEASE = 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n';
const STATUS = `Package: openssl
Status: install ok installed
Architecture: amd64
Version: 3.0.9-1

`;
const FEED = {
  id: 'DSA-5417-1',
  modified: '2023-05-31T00:00:00Z',
  summary: 'openssl - security update',
  upstream: ['CVE-2023-2650'],
  affected: [
    {
      package: { ecosystem: 'Debian:12', name: 'openssl' },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '3.0.11-1~deb12u1' }] }],
    },
  ],
};

let directory = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'harrier-cli-'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), content);
}

function run(args: readonly string[], input = '') {
  const variables = { HARRIER_DATA: join(directory, 'data') };
  return runCli(args, { variables, input, now: new Date('2026-11-24T12:00:00Z') });
}

describe('the command line', () => {
  it('names every command in its help, and the help of each says how it is used', async () => {
    for (const load of Object.values(COMMANDS)) {
      const { name, usage } = await load();
      expect(await helpText()).toContain(`harrier ${name}`);
      expect((await run([...name.split(' '), '--help'])).out).toContain(usage);
    }
  });

  it.each(['host:DIR', 'dir:DIR', 'image:PATH', 'function:CODE.zip', 'sbom:FILE'])(
    'its help names %s',
    async (form) => {
      expect(await helpText()).toContain(form);
    },
  );

  it.each([
    [['scan'], 'A target is missing.'],
    [['scan', 'function:'], '"function:" is not a target.'],
    [['scan', 'function:a.zip,'], '"function:a.zip," is not a target.'],
    [['scan', 'image:'], 'image: takes PATH[:NAME]'],
    [['scan', 'image:http://r.example/a'], 'image: takes PATH[:NAME]'],
    [['scan', 'image:x', '--platform', 'arm'], '--platform takes an operating system'],
    [['scan', 'dir:x', '--platform', 'linux/arm64'], '--platform is for images alone'],
    [['scan', 'host', '--format', 'sarif'], 'There are: table, json, csv, cyclonedx.'],
    [['scan', 'host', '--fail-on', 'bad'], 'is not a severity'],
    [['inventory', 'host', '--spec', '1.5'], '--spec is the version of --cyclonedx'],
    [['inventory', 'host', '--cyclonedx', '--spec', '1.3'], 'There are: 1.4, 1.5, 1.6.'],
    [['inventory', 'host', '--cyclonedx', '--spdx'], 'only one can be had'],
    [['fly'], 'there is no command "fly"'],
    [['cost', '--instances', 'ten'], '--instances takes a number'],
    [['cost', '--month', '2026-13'], '--month takes a month such as 2026-11'],
    [['cost', '--month', '2026-11', '--hours', '3'], 'only one can be had'],
    [['cost', '--since', '2026-11-01T00:00Z'], '--since and --trial need --month'],
    [['cost', '--month', '2026-11', '--trial'], '--trial needs --since'],
    [['cost', '--month', '2026-11', '--since', '2026-11-01'], '--since takes a time with its zone'],
    [['cost', '--book', 'mine'], 'There are: built-in v1, list price.'],
    [['versions', 'compare'], '--scheme is missing'],
  ])('%j is a usage error that says what exists', async (args, sentence) => {
    const { code, err, out } = await run(args);

    expect(code).toBe(2);
    expect(err).toContain(sentence);
    expect(out).toBe('');
  });

  it('the estimate of the contract is 9.09 USD', async () => {
    const { out } = await run(['cost', '--instances', '10', '--hours', '720', '--images', '5', '--json']);

    expect(JSON.parse(out).totalUsd).toBe(9.09);
  });

  it.each([
    [['--book', 'list price', '--hours', '720'], 12.95],
    [['--month', '2026-12'], 9.38],
    [['--month', '2026-11', '--since', '2026-11-30T23:30+01:00'], 0.47],
    [['--book', 'list price', '--month', '2026-11', '--since', '2026-11-01T00:00Z', '--trial'], 6.7],
  ])('the same with %j is %d USD', async (more, usd) => {
    const { out } = await run(['cost', '--instances', '10', '--images', '5', '--json', ...more]);

    expect(JSON.parse(out).totalUsd).toBe(usd);
  });

  it('an estimate in the trial says how much of it is free', async () => {
    const month = ['--month', '2026-11', '--since', '2026-11-01T00:00Z', '--trial'];
    const { out } = await run(['cost', '--instances', '10', '--book', 'list price', ...month]);

    expect(out).toContain('total 6.25 USD (list price, ');
    expect(out).toContain('360 of 720 hours cost nothing: the trial of 15 days.');
  });

  it('versions are compared line by line, and what is none says so', async () => {
    const { out } = await run(['versions', 'compare', '--scheme', 'deb'], '1.0\t1.1\n1:0\t2\n1\t1\nno\n');

    expect(out).toBe('<\n>\n=\n?\n');
  });

  it('without advisories a scan could not finish, and zero is not called clean', async () => {
    put('root/etc/os-release', RELEASE);
    put('root/var/lib/dpkg/status', STATUS);

    const { code, err, out } = await run(['scan', `host:${join(directory, 'root')}`, '--format', 'json']);

    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({ advisoryRevision: null, findings: [], outcome: 'complete' });
    expect(err).toContain('Zero is not known:');
    expect(err).not.toContain('clean');
  });

  it('a document that is no SBOM fails, and one that is absent says so', async () => {
    put('sbom.json', '{"bomFormat":');

    expect(await run(['scan', `sbom:${join(directory, 'sbom.json')}`])).toMatchObject({
      code: 3,
      err: expect.stringContaining('not well-formed JSON'),
    });
    expect(await run(['inventory', `sbom:${join(directory, 'none')}`])).toMatchObject({
      code: 3,
      err: expect.stringContaining('could not be read'),
    });
  });

  it('a package database cut in half gives its whole entries, a warning and a partial result', async () => {
    put('root/etc/os-release', RELEASE);
    put('root/var/lib/dpkg/status', `${STATUS}Package: zlib1g\nStatus: install ok inst`);

    const { code, err, out } = await run(['inventory', `host:${join(directory, 'root')}`, '--json']);

    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({ outcome: 'partial', packages: [{ name: 'openssl' }] });
    expect(err).toContain('warning: var/lib/dpkg/status');
  });

  describe('an image', () => {
    const files = { 'etc/os-release': RELEASE, 'var/lib/dpkg/status': STATUS };
    const named = async (name: string, more: LayerFiles) => ({
      layers: [{ tar: await layerTar(files) }, { tar: await layerTar(more) }],
      name,
    });

    it('is read from a layout, with its facts, its layers, and the layer of each package', async () => {
      const layout = join(directory, 'layout');
      const npm = JSON.stringify({ name: 'a', version: '1.0.0' });
      const [, digest] = writeOciLayout(layout, [
        await named('1.0', {}),
        await named('team/app:2.0', { 'srv/node_modules/a/package.json': npm }),
      ]);

      const { code, out, err } = await run(['inventory', `image:${layout}:team/app:2.0`, '--json']);
      const scan = await run(['scan', `image:${layout}:2.0`, '--format', 'json']);

      const found = JSON.parse(out);
      expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining('2 packages') });
      expect(found).toMatchObject({ outcome: 'complete', image: { digest, platform: 'linux/amd64' } });
      const layers = found.image.layers.map((layer: { digest: string }) => layer.digest);
      expect(found.packages.map((pkg: { layer: string }) => layers.indexOf(pkg.layer))).toEqual([0, 1]);
      expect(JSON.parse(scan.out)).toMatchObject({ image: { digest } });
    });

    it.each([['--cyclonedx'], ['--cyclonedx', '--spec', '1.4'], ['--spdx']])(
      'goes out as an SBOM by %s %s %s, and comes in again as the same image',
      async (...form) => {
        const layout = join(directory, 'layout');
        writeOciLayout(layout, [
          await named('1.0', { 'srv/node_modules/a/package.json': '{"name":"a","version":"1.0.0"}' }),
        ]);
        const target = `image:${layout}:1.0`;

        const direct = await run(['inventory', target, '--json']);
        put('sbom', (await run(['inventory', target, ...form])).out);
        const { code, out } = await run(['inventory', `sbom:${join(directory, 'sbom')}`, '--json']);

        const [before, after] = [direct.out, out].map((text) => JSON.parse(text));
        expect(code).toBe(0);
        expect(after.document.id).toMatch(/^(?:urn:uuid:|https:\/\/spdx\.org\/spdxdocs\/harrier-)/);
        for (const key of ['packages', 'distro', 'image', 'outcome']) {
          expect(after[key]).toEqual(before[key]);
        }
      },
    );

    it('from a registry is pulled once, and the next one on the same base reads what is new', async () => {
      const layout = join(directory, 'layout');
      writeOciLayout(layout, [await named('1.0', {}), await named('2.0', { 'srv/x': 'y' })]);
      const registry = await startRegistryServer(layout);
      const blobs = () => registry.requests.filter(({ url }) => url?.includes('/blobs/')).length;

      const first = await run(['inventory', `image:${registry.host}/team/app:1.0`]);
      const before = blobs();
      const second = await run(['inventory', `image:${registry.host}/team/app:2.0`]);
      const absent = await run(['inventory', `image:${registry.host}/team/app:3.0`]);
      registry.close();

      expect([first.code, second.code]).toEqual([0, 0]);
      expect(second.out).toBe(first.out);
      // A configuration and two layers, then a configuration and the layer that is new.
      expect([before, blobs()]).toEqual([3, 5]);
      expect(absent).toMatchObject({ code: 3, out: '' });
      expect(absent.err).toMatch(/^harrier: \S+ has no image team\/app with 3\.0.*\n$/);
    });

    it.each([
      ['/absent/image.tar', 'does not exist'],
      ['./lib:1.0', 'does not exist'],
      ['./lib', 'is a folder without index.json'],
      ['./package.json', 'cannot be read as an image archive'],
    ])('that is not there is one sentence: %s', async (path, sentence) => {
      const { code, err } = await run(['inventory', `image:${path}`]);

      expect(code).toBe(3);
      expect(err).toContain(sentence);
      expect(err.trim().split('\n')).toHaveLength(1);
    });
  });

  it('feeds from a mirror are matched, written to a file and fail on a severity', async () => {
    const { zipOf } = await import('./feeds/testing/zip-of.ts');
    put('mirror/osv/Debian/all.zip', zipOf({ 'DSA-5417-1.json': JSON.stringify(FEED) }));
    put('root/etc/os-release', RELEASE);
    put('root/var/lib/dpkg/status', STATUS);
    const file = join(directory, 'report.json');

    const sync = await run(['feeds', 'sync', '--from', join(directory, 'mirror'), '--ecosystem', 'Debian']);
    const scan = await run(
      ['scan', `host:${join(directory, 'root')}`, '--format', 'json', '--output', file].concat(
        '--fail-on',
        'untriaged',
      ),
    );

    expect(sync.out).toContain('osv/Debian: updated, 1 records');
    expect(scan).toMatchObject({ code: 1, out: '' });
    expect(JSON.parse(readFileSync(file, 'utf8')).findings).toMatchObject([
      {
        id: 'CVE-2023-2650',
        severity: 'UNTRIAGED',
        package: { name: 'openssl', version: '3.0.9-1' },
        fixedVersion: '3.0.11-1~deb12u1',
        remediation: 'apt-get update && apt-get install --only-upgrade openssl',
        guidance: { steps: [{ jump: 'patch' }], restart: { kind: 'programs' } },
        evidence: { advisory: 'DSA-5417-1' },
      },
    ]);
  });

  it('a report that has nowhere to go is refused before the scan, and an earlier report stays', async () => {
    put('root/etc/os-release', RELEASE);
    put('root/var/lib/dpkg/status', STATUS);
    put('report.json', 'earlier');
    const root = `host:${join(directory, 'root')}`;

    const nowhere = await run(['scan', root, '--output', join(directory, 'absent', 'report.json')]);
    const failed = await run(['scan', 'host:/absent', '--output', join(directory, 'report.json')]);

    expect(nowhere.code).toBe(3);
    expect(nowhere.err).toMatch(
      /^harrier: The report cannot be written to .* \(it does not exist\)\. Name another file/,
    );
    expect(nowhere.err).not.toContain('packages');
    expect(failed.err).toContain('/absent cannot be opened (it does not exist)');
    expect(readFileSync(join(directory, 'report.json'), 'utf8')).toBe('earlier');
  });
});
