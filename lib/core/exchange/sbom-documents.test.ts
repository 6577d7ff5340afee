import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookworm, buildInventory } from '../../testing/build-inventory.ts';
import { cyclonedxSchema } from '../../testing/cyclonedx-schemas.ts';
import { memoryFileTree } from '../../testing/memory-file-tree.ts';
import { sharedBytes, sharedFiles } from '../../testing/shared-data.ts';
import { spdxSchema } from '../../testing/spdx-schema.ts';
import { collect, sortedWithoutDoubles } from '../inventory/collector.ts';
import { collectDirectory } from '../inventory/directory.ts';
import { collectHost } from '../inventory/host-filesystem.ts';
import { collectSbom } from '../inventory/sbom-file.ts';
import type { ImageFacts } from '../model/image.ts';
import type { Inventory } from '../model/inventory.ts';
import { type Distro, ECOSYSTEM_IDS, PACKAGE_MANAGERS, type Package } from '../model/package.ts';
import { languagePackage } from '../parsers/language-package.ts';
import { toPurl } from '../parsers/purl.ts';
import { rpmPackage } from '../parsers/rpm/rpm-package.ts';
import { CYCLONEDX_VERSIONS, toCyclonedx } from './cyclonedx.ts';
import { toSpdx } from './spdx.ts';

const OPTIONS = {
  name: 'image:registry.example/team/app:1.0',
  at: new Date('2026-11-24T12:00:00Z'),
  toolVersion: '1.2.3',
};
const IMAGE: ImageFacts = {
  digest: `sha256:${'a'.repeat(64)}`,
  platform: 'linux/arm64/v8',
  createdAt: new Date('2026-01-02T03:04:05.678Z'),
  layers: [
    {
      digest: `sha256:${'b'.repeat(64)}`,
      mediaType: 'application/x',
      size: 7,
      diffId: `sha256:${'c'.repeat(64)}`,
      instruction: 'COPY . /',
    },
    { digest: `sha256:${'d'.repeat(64)}`, mediaType: 'application/y', size: 9, diffId: null, instruction: null },
  ],
};

type Write = (inventory: Inventory) => string;
const FORMS: readonly (readonly [name: string, write: Write])[] = [
  ...CYCLONEDX_VERSIONS.map((spec): readonly [string, Write] => [
    `CycloneDX ${spec}`,
    (inventory) => toCyclonedx(inventory, { ...OPTIONS, spec }),
  ]),
  ['SPDX 2.3', (inventory) => toSpdx(inventory, OPTIONS)],
];

/** Real systems, by the kinds of their package databases. */
const HOSTS = ['debian-12.9-a', 'ubuntu-22.04.5', 'alpine-3.20.2', 'cbl-mariner-2.0', 'sles-15-bci'] as const;

function again(text: string): Inventory {
  return collectSbom(Buffer.from(text));
}

/** What must survive. */
function kept({ distro, packages, image, outcome }: Inventory) {
  return { distro, packages, image, outcome };
}

const word = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,20}$/);
const odd = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }).filter((text) => text.trim() !== '');
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

const distros: fc.Arbitrary<Distro | null> = orNull(
  fc.record({
    id: fc.constantFrom('debian', 'ubuntu', 'alpine', 'rhel', 'amzn', 'linuxmint', 'arch'),
    versionId: fc.constantFrom('', '12', '22.04', '3.18.2', '2023'),
    codename: orNull(fc.constant('bookworm')),
    prettyName: fc.constantFrom('Debian GNU/Linux 12 (bookworm)', 'X'),
  }),
);

const packages: fc.Arbitrary<readonly Package[]> = fc
  .array(
    fc.record({
      ecosystem: fc.constantFrom(...ECOSYSTEM_IDS),
      name: fc.oneof(
        word,
        fc.tuple(word, word).map(([a, b]) => `${a}:${b}`),
        fc.tuple(word, word).map(([a, b]) => `@${a}/${b}`),
      ),
      version: fc.oneof(
        word,
        word.map((text) => `1:${text}`),
      ),
      architecture: orNull(word),
      source: orNull(fc.tuple(word, orNull(word))),
      packageManager: fc.constantFrom(...PACKAGE_MANAGERS),
      path: odd,
      layer: orNull(word.map((text) => `sha256:${text}`)),
      confidence: fc.constantFrom(undefined, 'medium' as const, 'low' as const),
    }),
    { maxLength: 30 },
  )
  .map((list) =>
    list.map(
      ({ source, confidence, ...fields }, place): Package => ({
        ...fields,
        sourceName: source?.[0] ?? null,
        sourceVersion: source?.[1] ?? null,
        purl: toPurl({ type: 'generic', namespace: null, name: `p${place}`, version: fields.version, qualifiers: {} }),
        ...(confidence === undefined ? {} : { confidence }),
      }),
    ),
  );

describe.each(FORMS)('an inventory as %s', (_, write) => {
  it('comes back with the same packages, distribution, image and outcome', () => {
    fc.assert(
      fc.property(distros, packages, fc.boolean(), fc.boolean(), (distro, list, isImage, isWhole) => {
        const inventory: Inventory = {
          distro,
          packages: sortedWithoutDoubles(list),
          outcome: isWhole ? 'complete' : 'partial',
          diagnostics: [],
          ...(isImage ? { image: IMAGE } : {}),
        };
        const back = again(write(inventory));

        // Packages of a system whose distribution is not known are never complete.
        expect({ ...kept(back), outcome: null }).toEqual({ ...kept(inventory), outcome: null });
        expect(isWhole || back.outcome === 'partial').toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('is the same bytes for the same inventory, and has another name for another one', () => {
    const npm = languagePackage({ ecosystem: 'npm', name: '@a/b', version: '1', packageManager: 'NPM', path: 'x' });
    const inventory = buildInventory(bookworm, npm === null ? [] : [npm]);

    expect(write({ ...inventory })).toBe(write(inventory));
    expect(again(write(inventory)).document?.id).not.toBe(again(write(buildInventory(bookworm, []))).document?.id);
    expect(again(write(inventory)).document?.id).toMatch(
      /[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it.for(HOSTS)('keeps the packages of %s', async (host, ctx) => {
    const folder = sharedFiles(ctx, `hosts/${host}`);
    const tree = memoryFileTree(
      Object.fromEntries(folder.map((path) => [path, sharedBytes(ctx, `hosts/${host}/${path}`)])),
    );
    const inventory = await collectHost(tree, new AbortController().signal);

    expect(inventory.packages.length).toBeGreaterThan(10);
    expect(kept(again(write(inventory)))).toEqual(kept(inventory));
  });

  it('keeps the packages of lock files', async (ctx) => {
    const files = sharedFiles(ctx, 'lockfiles/syft').map((path) => [path, sharedBytes(ctx, `lockfiles/syft/${path}`)]);
    const tree = memoryFileTree(Object.fromEntries(files));
    const inventory = await collectDirectory(tree, new AbortController().signal);

    expect(inventory.packages.length).toBeGreaterThan(500);
    expect(kept(again(write(inventory)))).toEqual(kept(inventory));
  });

  it("keeps the packages of Amazon Inspector's documents", (ctx) => {
    const names = sharedFiles(ctx, 'sboms/amazon-inspector').filter((name) => name.endsWith('sbomgen.cdx.json'));
    expect(names).toHaveLength(16);
    for (const name of names) {
      const inventory = collectSbom(sharedBytes(ctx, `sboms/amazon-inspector/${name}`));

      expect(kept(again(write(inventory))), name).toEqual(kept(inventory));
    }
  });

  it('keeps rpm epochs, modules and names in two pieces', async () => {
    const fields = { name: 'nodejs', epoch: 1, versionRelease: '18.1-2.el9', architecture: 'x86_64' };
    const rhel: Distro = { id: 'rhel', versionId: '9.4', codename: null, prettyName: 'RHEL 9.4' };
    const rpm = rpmPackage(
      { ...fields, sourceRpm: 'nodejs-18.1-2.el9.src.rpm', modularityLabel: 'nodejs:18:1:a' },
      'var/lib/rpm',
      rhel,
    );
    const tree = memoryFileTree({ 'a/package-lock.json': LOCK });
    const lock = await collect(tree, { expectsSystem: false }, new AbortController().signal);
    const maven = languagePackage({
      ecosystem: 'maven',
      name: 'g:a',
      version: '1',
      packageManager: 'JAR',
      path: 'a.jar!/b.jar',
    });
    const list = sortedWithoutDoubles([rpm, maven, ...lock.packages].filter((pkg) => pkg !== null));

    expect(list).toHaveLength(3);
    expect(kept(again(write(buildInventory(rhel, list)))).packages).toEqual(list);
  });
});

const LOCK = JSON.stringify({
  lockfileVersion: 3,
  packages: { 'node_modules/@s/x': { version: '1.0.0', resolved: 'https://registry.npmjs.org/@s/x/-/x-1.0.0.tgz' } },
});

describe('documents', () => {
  const npm = languagePackage({
    ecosystem: 'npm',
    name: '@a/b',
    version: '1',
    packageManager: 'NPM',
    path: 'x',
    confidence: 'low',
  });
  const deb = { ...(npm as Package), ecosystem: 'debian' as const, sourceName: 's', sourceVersion: '1', path: 'y' };
  const inventories: readonly Inventory[] = [
    { ...buildInventory(bookworm, [npm as Package, deb]), image: IMAGE, outcome: 'partial' },
    buildInventory(null, []),
    buildInventory({ ...bookworm, versionId: '' }, [deb]),
  ];

  it.each(CYCLONEDX_VERSIONS)('of CycloneDX %s are valid against the official schema', (spec) => {
    const validate = cyclonedxSchema(spec);
    for (const inventory of inventories) {
      validate(JSON.parse(toCyclonedx(inventory, { ...OPTIONS, spec })));
      expect(validate.errors).toBeNull();
    }
    validate({ bomFormat: 'CycloneDX', specVersion: spec, version: 'x' });
    expect(validate.errors).not.toBeNull();
  });

  it('of SPDX are made of the fields of the specification', () => {
    const validate = spdxSchema();
    for (const inventory of inventories) {
      validate(JSON.parse(toSpdx(inventory, OPTIONS)));
      expect(validate.errors).toBeNull();
    }
  });

  it('say that parts are missing where they are', () => {
    const [partial] = inventories;
    const document = JSON.parse(toCyclonedx(partial as Inventory, { ...OPTIONS, spec: '1.5' })) as {
      compositions: unknown;
    };

    expect(document.compositions).toEqual([{ aggregate: 'incomplete', assemblies: ['thing'] }]);
  });

  it('have every name that they refer to once', () => {
    const { packages: elements, relationships } = JSON.parse(toSpdx(inventories[0] as Inventory, OPTIONS)) as {
      packages: { SPDXID: string }[];
      relationships: { spdxElementId: string; relatedSpdxElement: string }[];
    };
    const ids = elements.map(({ SPDXID }) => SPDXID);

    expect(new Set(ids).size).toBe(ids.length);
    for (const { relatedSpdxElement } of relationships) {
      expect(ids).toContain(relatedSpdxElement);
    }
  });
});
