import { asArray, asObject, asText, textsOf } from '../../model/raw.ts';
import type { VexStatement, VexStatus } from '../../model/vex.ts';
import { dateOrNull, nameOf } from './values.ts';

type Raw = Readonly<Record<string, unknown>>;

const DEPTH_MAX = 64;
const STATUSES: Readonly<Record<string, VexStatus>> = {
  known_not_affected: 'not_affected',
  known_affected: 'affected',
  fixed: 'fixed',
  first_fixed: 'fixed',
  under_investigation: 'under_investigation',
};

/** CSAF 2.0, profile VEX: https://docs.oasis-open.org/csaf/csaf/v2.0/ */
export function readCsafVex(outer: Raw): readonly VexStatement[] {
  const head = asObject(outer.document);
  const author = asText(asObject(head?.publisher)?.name) ?? 'unknown author';
  const at = dateOrNull(asObject(head?.tracking)?.current_release_date);
  const purls = purlsByProduct(asObject(outer.product_tree));
  return asArray(outer.vulnerabilities).flatMap((raw) => {
    const vulnerability = asObject(raw);
    const ids = asArray(vulnerability?.ids).map((id) => asText(asObject(id)?.text));
    const names = [asText(vulnerability?.cve), ...ids].flatMap((text) => (text === null ? [] : nameOf(text)));
    const reasons = reasonsOf(asArray(vulnerability?.flags));
    return Object.entries(asObject(vulnerability?.product_status) ?? {}).flatMap(([word, products]) => {
      const status = Object.hasOwn(STATUSES, word) ? STATUSES[word] : undefined;
      return textsOf(products).flatMap((product): readonly VexStatement[] => {
        const purl = purls.get(product);
        const justification = reasons.get(product) ?? null;
        return status === undefined || purl === undefined ? [] : [{ names, status, justification, purl, author, at }];
      });
    });
  });
}

/** Package URLs by product id: of the products themselves, and of those that stand for one as a part of another. */
function purlsByProduct(tree: Raw | null): ReadonlyMap<string, string> {
  const purls = new Map<string, string>();
  const add = (raw: unknown): void => {
    const product = asObject(raw);
    const id = asText(product?.product_id);
    const purl = asText(asObject(product?.product_identification_helper)?.purl);
    if (id !== null && purl !== null) {
      purls.set(id, purl);
    }
  };
  const walk = (branches: readonly unknown[], depth: number): void => {
    for (const raw of depth > DEPTH_MAX ? [] : branches) {
      const branch = asObject(raw);
      add(branch?.product);
      walk(asArray(branch?.branches), depth + 1);
    }
  };
  asArray(tree?.full_product_names).forEach(add);
  walk(asArray(tree?.branches), 0);
  for (const raw of asArray(tree?.relationships)) {
    const relationship = asObject(raw);
    const whole = asText(asObject(relationship?.full_product_name)?.product_id);
    const part = purls.get(asText(relationship?.product_reference) ?? '');
    if (whole !== null && part !== undefined) {
      purls.set(whole, part);
    }
  }
  return purls;
}

/** Why products are not affected, by product id. */
function reasonsOf(flags: readonly unknown[]): ReadonlyMap<string, string> {
  return new Map(
    flags.flatMap((raw) => {
      const flag = asObject(raw);
      const label = asText(flag?.label);
      return label === null ? [] : textsOf(flag?.product_ids).map((product) => [product, label] as const);
    }),
  );
}
