import { describe, expect, it } from 'vitest';
import { sharedBytes, sharedFiles, sharedNames, sharedText, textBeside } from '../../testing/shared-data.ts';
import type { Inventory } from '../model/inventory.ts';
import { asObject, asText, objectsOf } from '../model/raw.ts';
import { fromPurl, toPurl } from '../parsers/purl.ts';
import { collectSbom } from './sbom-file.ts';

const INSPECTOR = 'sboms/amazon-inspector';

describe('every published SBOM', () => {
  it('yields what the ledger says, and a reason where it yields nothing', (ctx) => {
    const found = sharedFiles(ctx, 'sboms').map((path) => {
      const inventory = collectSbom(sharedBytes(ctx, `sboms/${path}`));
      // Neither packages nor a word about why: that would be silence.
      expect(inventory.packages.length + inventory.diagnostics.length, path).toBeGreaterThan(0);
      return ledgerLine(path, inventory);
    });

    expect(found).toEqual(
      textBeside(import.meta.url, 'ledgers/sbom-file.txt')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#')),
    );
  });

  it('in XML has the packages of its twin in JSON', (ctx) => {
    const folder = 'sboms/cyclonedx-bom-examples/SBOM';
    for (const name of ['dropwizard-1.3.15', 'juice-shop/v11.1.2', 'protonmail-webclient-v4-0912dff']) {
      const [json, xml] = ['json', 'xml'].map((kind) => collectSbom(sharedBytes(ctx, `${folder}/${name}/bom.${kind}`)));

      expect(xml?.packages, name).toEqual(json?.packages);
    }
  });
});

describe("documents of Amazon Inspector's generator", () => {
  it('yield exactly the package URLs that they list', (ctx) => {
    const names = sharedNames(ctx, INSPECTOR).filter((name) => name.endsWith('.sbomgen.cdx.json'));
    expect(names).toHaveLength(16);
    for (const name of names) {
      const { packages, distro } = collectSbom(sharedBytes(ctx, `${INSPECTOR}/${name}`));
      const listed = componentsOf(JSON.parse(sharedText(ctx, `${INSPECTOR}/${name}`))).filter(
        ({ purl, duplicate }) => fromPurl(purl) !== null && !duplicate,
      );

      // The standard library is what programs without a package URL were built with.
      const toolchains = packages.filter((pkg) => pkg.name === 'stdlib');
      expect(purlsOf(packages.filter((pkg) => pkg.name !== 'stdlib')), name).toEqual(
        [...new Set(listed.map(({ purl, path }) => `${canonical(purl)} ${path.slice(1)}`))].sort(),
      );
      expect(new Set(toolchains.map((pkg) => pkg.path)).size, name).toBe(toolchains.length);
      expect(distro?.versionId, name).not.toBe('');
    }
  });

  it('name the source of what they list below it, with the epoch of its qualifier', (ctx) => {
    const { packages } = collectSbom(sharedBytes(ctx, `${INSPECTOR}/debian_latest.sbomgen.cdx.json`));

    expect(packages.find(({ name }) => name === 'libaudit1')).toMatchObject({
      ecosystem: 'debian',
      version: '1:3.0.9-1',
      sourceName: 'audit',
      path: 'var/lib/dpkg/status',
    });
  });

  it('list programs of Go, whose standard library is known by the toolchain', (ctx) => {
    const { packages } = collectSbom(sharedBytes(ctx, `${INSPECTOR}/golang_latest.sbomgen.cdx.json`));
    const library = packages.filter(({ name }) => name === 'stdlib');

    expect(library).toHaveLength(19);
    expect(new Set(library.map(({ version }) => version))).toEqual(new Set(['1.9', '1.14', '1.22.0', '1.23']));
  });
});

describe("Amazon Inspector's scans", () => {
  it('list the packages that the generator listed', (ctx) => {
    for (const name of ['alpine_3.18.2', 'debian_latest', 'ubuntu_latest']) {
      const scan = collectSbom(sharedBytes(ctx, `${INSPECTOR}/examples/${name}.scan.json`));
      const listed = componentsOf(JSON.parse(sharedText(ctx, `${INSPECTOR}/examples/${name}.scan.json`)).sbom);

      expect([...new Set(scan.packages.map(({ purl }) => purl))].sort(), name).toEqual(
        [...new Set(listed.flatMap(({ purl }) => (purl === '' ? [] : [canonical(purl)])))].sort(),
      );
      expect(scan.outcome, name).toBe('complete');
    }
  });
});

/** Maven without a group, a version or with a line end in it, and a requirement of pip in place of a name. */
const UNUSABLE = /^pkg:(?:maven\/(?:[^/]*$|commons-codec%0D)|pypi\/aioftp~)/;

it("every package URL of Amazon's list becomes a package, or is said to be none", (ctx) => {
  const listed = [...new Set(sharedText(ctx, `${INSPECTOR}/purls.txt`).split('\n').filter(Boolean).map(canonical))];
  const components = listed.map((purl) => ({ type: 'library', name: 'x', purl }));
  const { packages, diagnostics } = collectSbom(
    Buffer.from(JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', components })),
  );
  const usable = listed.filter((purl) => !UNUSABLE.test(purl));

  expect(listed.length - usable.length).toBe(7);
  expect([...new Set(packages.map(({ purl }) => purl))].sort()).toEqual([...usable].sort());
  expect(diagnostics.map(({ message }) => message)).toEqual([expect.stringMatching(/^7 components cannot be matched/)]);
});

interface Listed {
  readonly purl: string;
  readonly path: string;
  readonly duplicate: boolean;
}

/** The components of a document by a reader of its own. */
function componentsOf(raw: unknown): readonly Listed[] {
  return objectsOf(asObject(raw)?.components).flatMap((one) => {
    const properties = new Map(objectsOf(one.properties).map(({ name, value }) => [name, asText(value) ?? '']));
    const of = (name: string): string => properties.get(`amazon:inspector:sbom_generator:${name}`) ?? '';
    const owner = of('duplicate_purl');
    return [{ purl: asText(one.purl) ?? '', path: of('source_path'), duplicate: owner !== '' }, ...componentsOf(one)];
  });
}

function purlsOf(packages: Inventory['packages']): readonly string[] {
  return packages.map(({ purl, path }) => `${purl} ${path}`).sort();
}

function canonical(text: string): string {
  const purl = fromPurl(text);
  return purl === null ? text : toPurl(purl);
}

function ledgerLine(path: string, { outcome, packages, distro, document }: Inventory): string {
  const system = distro === null ? '-' : `${distro.id} ${distro.versionId}`.trim();
  return `${path} | ${document?.format ?? '-'} | ${outcome} | ${packages.length} | ${system}`;
}
