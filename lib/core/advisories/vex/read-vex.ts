import { asArray, asObject } from '../../model/raw.ts';
import type { VexStatement } from '../../model/vex.ts';
import type { RefusedRecord } from '../osv.ts';
import { readCsafVex } from './csaf.ts';
import { readCyclonedxVex } from './cyclonedx.ts';
import { readOpenvex } from './openvex.ts';

/** Statements of a VEX document in any of its three formats; those about products without a package URL are left out. */
export function readVex(raw: unknown): readonly VexStatement[] | RefusedRecord {
  const outer = asObject(raw);
  // Canonical wraps the head of its OpenVEX documents in "metadata".
  const head = asObject(outer?.metadata) ?? outer;
  if (outer === null) {
    return { refused: 'is no VEX document' };
  }
  if (String(head?.['@context'] ?? '').includes('openvex')) {
    return readOpenvex(head ?? outer, asArray(outer.statements));
  }
  if (asObject(outer.document)?.csaf_version !== undefined) {
    return readCsafVex(outer);
  }
  return outer.bomFormat === 'CycloneDX'
    ? readCyclonedxVex(outer)
    : { refused: 'is neither OpenVEX, CSAF nor CycloneDX' };
}
