/** How a registry wants to be asked. */
export type Challenge =
  | { readonly scheme: 'basic' }
  | {
      readonly scheme: 'bearer';
      readonly realm: string;
      readonly service: string | null;
      readonly scope: string | null;
    };

const HEADER_LENGTH_MAX = 8_192;
const PARAMETER = /([A-Za-z_]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))/g;

/** The first challenge of a WWW-Authenticate header that we can meet; null where there is none. RFC 9110, section 11.6.1. */
export function readChallenge(header: string | undefined): Challenge | null {
  if (header === undefined || header.length > HEADER_LENGTH_MAX) {
    return null;
  }
  const bearer = /(?:^|[\s,])bearer\s+(.*)$/is.exec(header)?.[1];
  if (bearer !== undefined) {
    const values = new Map<string, string>();
    for (const [, name = '', quoted, plain] of bearer.matchAll(PARAMETER)) {
      const key = name.toLowerCase();
      // Of a second challenge behind this one nothing counts.
      if (!values.has(key)) {
        values.set(key, quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/g, '$1'));
      }
    }
    const realm = values.get('realm');
    if (realm !== undefined) {
      return { scheme: 'bearer', realm, service: values.get('service') ?? null, scope: values.get('scope') ?? null };
    }
  }
  return /(?:^|[\s,])basic(?:\s|,|$)/i.test(header) ? { scheme: 'basic' } : null;
}
