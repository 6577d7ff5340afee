/** Name and value, as documents attach them to anything. A name may stand several times. */
export type SbomProperty = readonly [name: string, value: string];

/** One entry of a document's list of parts, whatever the format. */
export interface SbomComponent {
  /** How the document calls it: `bom-ref`, `SPDXID`, `spdxId`; its place in the document where it has no such name. */
  readonly ref: string;
  /** The format's word for the kind of thing in lower case, such as `library`; empty where it does not say. */
  readonly kind: string;
  readonly group: string | null;
  readonly name: string;
  readonly version: string | null;
  readonly purl: string | null;
  readonly hasCpe: boolean;
  readonly properties: readonly SbomProperty[];
  /** Where it was found, where the format has a field for that. */
  readonly places: readonly string[];
  /** The component that the document names as its source, or puts it under. */
  readonly origin: SbomComponent | null;
  /** What the document as a whole is about. */
  readonly isSubject: boolean;
}

export interface SbomDocument {
  /** Such as `CycloneDX 1.5 (JSON)`. */
  readonly format: string;
  /** Serial number or namespace; null where it has none. */
  readonly id: string | null;
  /** Of the document, and of what it is about. */
  readonly properties: readonly SbomProperty[];
  readonly components: readonly SbomComponent[];
  /** What else it holds, in words: `3 services`. */
  readonly others: readonly string[];
  /** Whether it says of itself that parts are missing. */
  readonly saysIncomplete: boolean;
  /** Why a part of it could not be read, in sentences. */
  readonly problems: readonly string[];
  /** What is worth a word besides. */
  readonly notes: readonly string[];
}

/** Parts beyond this number are not read. */
export const COMPONENTS_MAX = 200_000;
export const TOO_MANY_COMPONENTS = `Only the first ${COMPONENTS_MAX} components of the document were read.`;

/** `3 services`, `1 service`; nothing for none. */
export function counted(count: number, singular: string, plural = `${singular}s`): readonly string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? singular : plural}`];
}

/** The first value of a property. */
export function propertyOf(properties: readonly SbomProperty[], name: string): string | null {
  return properties.find(([key, value]) => key === name && value !== '')?.[1] ?? null;
}
