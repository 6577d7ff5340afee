/** What a supplier says of a vulnerability in a product. The words of OpenVEX; CSAF and CycloneDX have others for the same. */
export type VexStatus = 'not_affected' | 'affected' | 'fixed' | 'under_investigation';

/** A supplier's word about one package of a resource, which ended a match. */
export interface VexUse {
  readonly vulnerability: string;
  /** Package URL of the package. */
  readonly purl: string;
  readonly statement: VexStatement;
}

/** One statement about one package, at a version or at all. */
export interface VexStatement {
  /** Ids and aliases of the vulnerability. */
  readonly names: readonly string[];
  readonly status: VexStatus;
  /** Why it is not affected, in the supplier's words; null where the document gives no reason. */
  readonly justification: string | null;
  /** Package URL of the product. */
  readonly purl: string;
  readonly author: string;
  /** When it was said; null where the document does not tell. A later statement outweighs an earlier one. */
  readonly at: Date | null;
}
