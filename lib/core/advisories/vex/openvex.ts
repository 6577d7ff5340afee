import { asArray, asObject, asText, textsOf } from '../../model/raw.ts';
import type { VexStatement, VexStatus } from '../../model/vex.ts';
import { dateOrNull, nameOf } from './values.ts';

type Raw = Readonly<Record<string, unknown>>;

const STATUSES: readonly string[] = ['not_affected', 'affected', 'fixed', 'under_investigation'] satisfies VexStatus[];

/** OpenVEX 0.2.0: https://github.com/openvex/spec */
export function readOpenvex(head: Raw, statements: readonly unknown[]): readonly VexStatement[] {
  const author = asText(head.author) ?? 'unknown author';
  const written = dateOrNull(head.last_updated) ?? dateOrNull(head.timestamp);
  return statements.flatMap((raw) => {
    const statement = asObject(raw);
    const status = asText(statement?.status) ?? '';
    if (statement === null || !STATUSES.includes(status)) {
      return [];
    }
    const vulnerability = asObject(statement.vulnerability);
    const said = [asText(vulnerability?.name), asText(statement.vulnerability), ...textsOf(vulnerability?.aliases)];
    const names = [...new Set(said.flatMap((text) => (text === null ? [] : nameOf(text))))];
    return asArray(statement.products)
      .flatMap(purlsOf)
      .map(
        (purl): VexStatement => ({
          names,
          status: status as VexStatus,
          justification:
            asText(statement.justification) ?? asText(statement.impact_statement) ?? asText(statement.status_notes),
          purl,
          author,
          at: dateOrNull(statement.timestamp) ?? written,
        }),
      );
  });
}

/** A product is a text or an object, and where it has parts, the statement is about those. */
function purlsOf(raw: unknown): readonly string[] {
  const product = asObject(raw);
  const parts = asArray(product?.subcomponents);
  if (parts.length > 0) {
    return parts.flatMap(purlsOf);
  }
  const named = [asText(raw), asText(product?.['@id']), asText(asObject(product?.identifiers)?.purl)];
  return named.flatMap((text) => (text?.startsWith('pkg:') ? [text] : [])).slice(0, 1);
}
