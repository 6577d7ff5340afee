import { createHash } from 'node:crypto';
import type { DocumentFacts, Inventory } from '../model/inventory.ts';
import type { Package } from '../model/package.ts';
import { readSbom } from '../parsers/sbom/read-sbom.ts';
import type { SbomDocument } from '../parsers/sbom/sbom-document.ts';
import { bounded, sortedWithoutDoubles } from './collector.ts';
import { imageOfProperties } from './sbom/image-properties.ts';
import { type Candidate, candidateOf, isSystemPurl, packagesOf, type Reason } from './sbom/package-of-component.ts';
import { gaps, remarks } from './sbom/sbom-diagnostics.ts';
import { distroOfSbom, otherDistros } from './sbom/sbom-distro.ts';

/**
 * The packages that an SBOM lists. What it lists and nobody can look up is counted and said; the result is complete unless
 * something could not be read, the document says that parts are missing, or no package could be told from it.
 */
export function collectSbom(bytes: Uint8Array): Inventory {
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  const document = readSbom(bytes);
  if ('refused' in document) {
    return {
      distro: null,
      packages: [],
      outcome: 'failed',
      diagnostics: [{ level: 'error', path: null, message: document.refused }],
      document: { format: null, id: digest },
    };
  }
  const id = document.id !== null && /^[!-~]{1,2000}$/.test(document.id) ? document.id : digest;
  return inventoryOf(document, { format: document.format, id });
}

function inventoryOf(document: SbomDocument, facts: DocumentFacts): Inventory {
  const candidates = document.components.map(candidateOf);
  const systemPurls = candidates.flatMap(({ purl }) => (purl !== null && isSystemPurl(purl) ? [purl] : []));
  const distro = distroOfSbom(document, systemPurls);
  const found: Package[] = [];
  const left = nothingLeft();
  for (const candidate of candidates) {
    const answer = packagesOf(candidate, distro);
    if ('packages' in answer) {
      found.push(...answer.packages);
    } else {
      left[answer.reason].push(candidate);
    }
  }
  const packages = sortedWithoutDoubles(found);
  const all = { document, distro, packages, left, otherReleases: otherDistros(distro, systemPurls) };
  const grave = gaps(all);
  const image = imageOfProperties(document.properties);
  return {
    distro,
    packages,
    outcome: grave.length > 0 ? 'partial' : 'complete',
    diagnostics: bounded([...grave, ...remarks(all)]),
    ...(image === null ? {} : { image }),
    document: facts,
  };
}

function nothingLeft(): Record<Reason, Candidate[]> {
  return {
    aside: [],
    unnamed: [],
    broken: [],
    nameless: [],
    unversioned: [],
    'unknown-type': [],
    source: [],
    owned: [],
  };
}
