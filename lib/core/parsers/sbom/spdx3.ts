import { asArray, asText, objectsOf } from '../../model/raw.ts';
import {
  COMPONENTS_MAX,
  counted,
  type SbomComponent,
  type SbomDocument,
  type SbomProperty,
  TOO_MANY_COMPONENTS,
} from './sbom-document.ts';

type Raw = Readonly<Record<string, unknown>>;

/** SPDX 3.0 in JSON-LD, https://spdx.github.io/spdx-spec/v3.0.1/: a graph of elements, of which packages are read. */
export function readSpdx3(outer: Raw): SbomDocument {
  const graph = Array.isArray(outer['@graph']) ? outer['@graph'] : [outer];
  const elements = objectsOf(graph);
  const packages = elements.filter((raw) => typeOf(raw) === 'Package');
  const document = elements.find((raw) => typeOf(raw) === 'SpdxDocument');
  const files = elements.filter((raw) => typeOf(raw) === 'File').length;
  const creation = elements.find((raw) => typeOf(raw) === 'CreationInfo');
  const annotations = annotationsOf(elements);
  const subjects = new Set(asArray(document?.rootElement));
  const version =
    asText(creation?.specVersion) ?? /rdf\/([0-9.]+)\//.exec(asText(outer['@context']) ?? '')?.[1] ?? '3.0';
  return {
    format: `SPDX ${version.slice(0, 20)} (JSON-LD)`,
    id: document === undefined ? null : idOf(document),
    properties: annotations.get(document === undefined ? '' : (idOf(document) ?? '')) ?? [],
    components: packages
      .slice(0, COMPONENTS_MAX)
      .map((raw, index) => packageOf(raw, index, annotations, subjects.size < packages.length ? subjects : new Set())),
    others: counted(files, 'file'),
    saysIncomplete: elements.some((raw) => raw.completeness === 'incomplete'),
    problems: packages.length > COMPONENTS_MAX ? [TOO_MANY_COMPONENTS] : [],
    notes: [],
  };
}

/** `software_Package`, `software:Package`, `https://spdx.org/rdf/3.0.1/terms/Software/Package`. */
function typeOf(raw: Raw): string {
  const text = asText(raw.type) ?? asText(raw['@type']) ?? '';
  return text.slice(Math.max(...['/', ':', '_', '#'].map((sign) => text.lastIndexOf(sign))) + 1);
}

function idOf(raw: Raw): string | null {
  return asText(raw.spdxId) ?? asText(raw['@id']);
}

/** A field of the profile for software, whose prefix older drafts write otherwise. */
function softwareField(raw: Raw, name: string): string | null {
  return asText(raw[`software_${name}`]) ?? asText(raw[`software:${name}`]) ?? asText(raw[name]);
}

function packageOf(
  raw: Raw,
  index: number,
  annotations: ReadonlyMap<string, readonly SbomProperty[]>,
  subjects: ReadonlySet<unknown>,
): SbomComponent {
  const identifiers = objectsOf(raw.externalIdentifier);
  const typed = (type: string): string | null =>
    identifiers.flatMap((one) => (one.externalIdentifierType === type ? (asText(one.identifier) ?? []) : []))[0] ??
    null;
  const id = idOf(raw);
  const purpose = softwareField(raw, 'primaryPurpose') ?? '';
  const sourceInfo = softwareField(raw, 'sourceInfo') ?? '';
  const place = /^acquired package info from [^/\\]{0,100}: ([^,\n]{1,4096})/.exec(sourceInfo)?.[1];
  return {
    ref: id ?? `@graph/${index}`,
    kind: purpose === 'operatingSystem' ? 'operating-system' : purpose.toLowerCase(),
    group: null,
    name: asText(raw.name) ?? '',
    version: softwareField(raw, 'packageVersion'),
    purl: softwareField(raw, 'packageUrl') ?? typed('packageUrl') ?? typed('purl'),
    hasCpe: typed('cpe23') !== null || typed('cpe22') !== null,
    properties: annotations.get(id ?? '') ?? [],
    places: place === undefined ? [] : [place],
    origin: null,
    isSubject: subjects.has(id),
  };
}

/** Statements of the form `Name: value`, as trivy attaches them. */
function annotationsOf(elements: readonly Raw[]): ReadonlyMap<string, readonly SbomProperty[]> {
  const found = new Map<string, SbomProperty[]>();
  for (const raw of elements) {
    const subject = asText(raw.subject);
    const [, name, value] = /^([A-Za-z]{1,40}): (\S.{0,4096})$/.exec(asText(raw.statement) ?? '') ?? [];
    if (typeOf(raw) === 'Annotation' && subject !== null && name !== undefined && value !== undefined) {
      const list = found.get(subject) ?? [];
      list.push([`aquasecurity:trivy:${name}`, value]);
      found.set(subject, list);
    }
  }
  return found;
}
