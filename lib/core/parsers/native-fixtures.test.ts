import { describe, expect, it } from 'vitest';
import { memoryFileTree } from '../../testing/memory-file-tree.ts';
import { sharedFiles, sharedText } from '../../testing/shared-data.ts';
import { parseCargoLock } from './cargo-lock.ts';
import { goMod, parseGoVendor } from './go-mod.ts';
import { parseGradleCatalog, parseGradleLockfile, parseGradleVerification, parseSbtLock } from './gradle.ts';
import type { ParseResult } from './parser.ts';
import { pomXml } from './pom-xml.ts';

const FOLDERS = ['osv-detector', 'osv-scalibr', 'syft', 'trivy-parsers'];

interface Reader {
  readonly place: RegExp;
  read(text: string): ParseResult | Promise<ParseResult>;
}

/** Published fixtures bear names of their own, so the place decides who reads them. */
const READERS: readonly Reader[] = [
  { place: /\/cargo(?:lock)?\/[^/]+\.(?:lock|txt)$|\/Cargo\.lock/, read: (text) => parseCargoLock(text, 'p') },
  { place: /\/(?:gradle|gradlelockfile)\/[^/.]+$|\.lockfile$/, read: (text) => parseGradleLockfile(text, 'p') },
  { place: /\/gradleverificationmetadataxml\//, read: (text) => parseGradleVerification(text, 'p') },
  { place: /\/gradleversioncatalog\//, read: (text) => parseGradleCatalog(text, 'p') },
  { place: /\.sbt\.lock$/, read: (text) => parseSbtLock(text, 'p') },
  { place: /\/modules\.txt$/, read: (text) => parseGoVendor(text, 'p') },
  {
    place: /\.mod$|\/gomod$|\/not-go-mod\.txt$/,
    read: (text) => goMod.parse('go.mod', memoryFileTree({ 'go.mod': text }), { distro: null }),
  },
  {
    place: /\/pom\.xml$|\.pom\.xml$|\/(?:maven|pomxml)\/[^/]+\.(?:xml|txt)$/,
    read: (text) => pomXml.parse('pom.xml', memoryFileTree({ 'pom.xml': text }), { distro: null }),
  },
];

describe('published lock files and manifests of Java, Go and Rust', () => {
  it('each yields packages or says why not, and what could not be read is never called complete', async (ctx) => {
    const counts = READERS.map(() => 0);
    for (const folder of FOLDERS) {
      for (const file of sharedFiles(ctx, `lockfiles/${folder}`)) {
        const path = `lockfiles/${folder}/${file}`;
        const at = READERS.findIndex(({ place }) => place.test(path));
        const reader = READERS[at];
        if (reader !== undefined) {
          counts[at] = (counts[at] ?? 0) + 1;
          const result = await reader.read(sharedText(ctx, path));
          expect(result.packages.length + result.diagnostics.length, path).toBeGreaterThan(0);
          expect(
            result.diagnostics.every(({ level }) => level === 'info'),
            path,
          ).toBe(result.complete);
        }
      }
    }

    expect(counts.every((count) => count > 0)).toBe(true);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(200);
  });
});
