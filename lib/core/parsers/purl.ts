import { PackageURL } from 'packageurl-js';

export interface PurlParts {
  readonly type: string;
  readonly namespace: string | null;
  readonly name: string;
  readonly version: string | null;
  readonly qualifiers: Readonly<Record<string, string>>;
}

/** A name or version of a stranger: neither empty nor endless, and without blanks or signs that none has. */
export function isPlain(text: string, lengthMax: number): boolean {
  return text !== '' && text.length <= lengthMax && /^[^\s\p{Cc}]+$/u.test(text);
}

/** Writes a package URL in canonical form. Specification: the package-url project, "purl-spec". */
export function toPurl(parts: PurlParts): string {
  // Half of a character cannot be percent-encoded.
  const qualifiers = Object.entries(parts.qualifiers).map(([key, value]) => [key, value.toWellFormed()]);
  return new PackageURL(
    parts.type,
    parts.namespace?.toWellFormed(),
    parts.name.toWellFormed(),
    parts.version?.toWellFormed(),
    Object.fromEntries(qualifiers),
    null,
  ).toString();
}

/** Reads a package URL; null when it is not one. */
export function fromPurl(text: string): PurlParts | null {
  try {
    // The library reads a plus sign as a blank, as forms of web pages do; versions have plus signs and no blanks.
    const question = text.indexOf('?');
    const plain = question === -1 ? text : text.slice(0, question) + text.slice(question).replaceAll('+', '%2B');
    const purl = PackageURL.fromString(plain);
    const qualifiers = Object.entries(purl.qualifiers ?? {}).map(([key, value]) => [key, String(value)] as const);
    return {
      type: purl.type ?? '',
      namespace: purl.namespace ?? null,
      name: purl.name ?? '',
      version: purl.version ?? null,
      qualifiers: Object.fromEntries(qualifiers),
    };
  } catch {
    // The library tells a bad text by throwing; to callers it is an expected answer.
    return null;
  }
}
