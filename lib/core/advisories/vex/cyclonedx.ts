import { asArray, asObject, asText } from '../../model/raw.ts';
import type { VexStatement, VexStatus } from '../../model/vex.ts';
import { dateOrNull, nameOf } from './values.ts';

type Raw = Readonly<Record<string, unknown>>;

const DEPTH_MAX = 64;
const STATES: Readonly<Record<string, VexStatus>> = {
  not_affected: 'not_affected',
  false_positive: 'not_affected',
  resolved: 'fixed',
  resolved_with_pedigree: 'fixed',
  exploitable: 'affected',
  in_triage: 'under_investigation',
};

/** CycloneDX from 1.4 on, `vulnerabilities[].analysis`: https://cyclonedx.org/capabilities/vex/ */
export function readCyclonedxVex(outer: Raw): readonly VexStatement[] {
  const metadata = asObject(outer.metadata);
  const author =
    asText(asObject(metadata?.supplier)?.name) ?? asText(asObject(metadata?.component)?.name) ?? 'unknown author';
  const written = dateOrNull(metadata?.timestamp);
  const purls = new Map<string, string>();
  collect([metadata?.component, ...asArray(outer.components)], purls, 0);
  return asArray(outer.vulnerabilities).flatMap((raw) => {
    const vulnerability = asObject(raw);
    const analysis = asObject(vulnerability?.analysis);
    const state = asText(analysis?.state) ?? '';
    const status = Object.hasOwn(STATES, state) ? STATES[state] : undefined;
    const names = nameOf(asText(vulnerability?.id) ?? '');
    if (status === undefined || names.length === 0) {
      return [];
    }
    return asArray(vulnerability?.affects).flatMap((one): readonly VexStatement[] => {
      const purl = purlOf(asText(asObject(one)?.ref) ?? '', purls);
      const justification = asText(analysis?.justification) ?? asText(analysis?.detail);
      const at = dateOrNull(analysis?.lastUpdated) ?? dateOrNull(vulnerability?.updated) ?? written;
      return purl === null ? [] : [{ names, status, justification, purl, author, at }];
    });
  });
}

/** A reference is a component of this document, or a link into another one (`urn:cdx:serial/version#ref`). */
function purlOf(ref: string, purls: ReadonlyMap<string, string>): string | null {
  const last = decode(ref.slice(ref.indexOf('#') + 1));
  return purls.get(ref) ?? purls.get(last) ?? (last.startsWith('pkg:') ? last : null);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not percent-encoded after all.
    return text;
  }
}

function collect(components: readonly unknown[], purls: Map<string, string>, depth: number): void {
  for (const raw of depth > DEPTH_MAX ? [] : components) {
    const component = asObject(raw);
    const ref = asText(component?.['bom-ref']);
    const purl = asText(component?.purl);
    if (ref !== null && purl !== null) {
      purls.set(ref, purl);
    }
    collect(asArray(component?.components), purls, depth + 1);
  }
}
