import { asArray, asObject, asText } from '../../model/raw.ts';
import {
  COMPONENTS_MAX,
  counted,
  type SbomComponent,
  type SbomDocument,
  type SbomProperty,
  TOO_MANY_COMPONENTS,
} from './sbom-document.ts';

type Raw = Readonly<Record<string, unknown>>;

const PLACES_MAX = 1_000;
/** What a composition says of itself where something is left out: https://cyclonedx.org/docs/1.6/json/#compositions */
const INCOMPLETE = /^incomplete/;

/** CycloneDX, https://cyclonedx.org/specification/overview/: components with what is nested in them. */
export function readCyclonedxJson(bom: Raw): SbomDocument {
  const metadata = asObject(bom.metadata);
  const subject = asObject(metadata?.component);
  const { components, isWhole } = componentsOf(subject, asArray(bom.components));
  return {
    format: `CycloneDX ${asText(bom.specVersion) ?? 'of an unknown version'} (JSON)`,
    id: asText(bom.serialNumber),
    properties: [...propertiesOf(bom), ...propertiesOf(metadata), ...propertiesOf(subject)],
    components,
    others: [
      ...counted(asArray(bom.services).length, 'service'),
      ...counted(asArray(bom.vulnerabilities).length, 'vulnerability', 'vulnerabilities'),
    ],
    saysIncomplete: asArray(bom.compositions).some((one) => INCOMPLETE.test(asText(asObject(one)?.aggregate) ?? '')),
    problems: isWhole ? [] : [TOO_MANY_COMPONENTS],
    notes: [],
  };
}

interface Waiting {
  readonly raw: unknown;
  readonly place: string;
  readonly parent: SbomComponent | null;
  readonly isSubject: boolean;
}

/** All components in the order of the document. A list of its own instead of recursion: strangers nest as deep as they like. */
function componentsOf(
  subject: Raw | null,
  listed: readonly unknown[],
): { readonly components: readonly SbomComponent[]; readonly isWhole: boolean } {
  const waiting: Waiting[] = [...childrenOf(listed, 'components', null)].reverse();
  if (subject !== null) {
    waiting.push({ raw: subject, place: 'metadata/component', parent: null, isSubject: true });
  }
  const components: SbomComponent[] = [];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const raw = asObject(next.raw);
    if (raw === null) {
      continue;
    }
    if (components.length === COMPONENTS_MAX) {
      return { components, isWhole: false };
    }
    const component = componentOf(raw, next);
    components.push(component);
    const children = childrenOf(asArray(raw.components), `${next.place}/components`, next.isSubject ? null : component);
    for (const child of children.reverse()) {
      waiting.push(child);
    }
  }
  return { components, isWhole: true };
}

function childrenOf(listed: readonly unknown[], place: string, parent: SbomComponent | null): Waiting[] {
  return listed
    .slice(0, COMPONENTS_MAX + 1)
    .map((raw, index) => ({ raw, place: shortened(`${place}/${index}`), parent, isSubject: false }));
}

/** A place of the deepest nesting must not grow with its depth. */
function shortened(place: string): string {
  return place.length <= 200 ? place : `…${place.slice(-200)}`;
}

function componentOf(raw: Raw, { place, parent, isSubject }: Waiting): SbomComponent {
  const evidence = asObject(raw.evidence);
  return {
    ref: asText(raw['bom-ref']) || place,
    kind: (asText(raw.type) ?? '').toLowerCase(),
    group: asText(raw.group) || null,
    name: asText(raw.name) ?? '',
    version: asText(raw.version) || null,
    purl: asText(raw.purl) || null,
    hasCpe: asText(raw.cpe) !== null,
    properties: propertiesOf(raw),
    places: asArray(evidence?.occurrences)
      .slice(0, PLACES_MAX)
      .flatMap((one) => asText(asObject(one)?.location) || []),
    origin: parent,
    isSubject,
  };
}

function propertiesOf(raw: Raw | null): readonly SbomProperty[] {
  return asArray(raw?.properties).flatMap((one): readonly SbomProperty[] => {
    const property = asObject(one);
    const name = asText(property?.name);
    const value = asText(property?.value);
    return name === null || value === null ? [] : [[name, value]];
  });
}
