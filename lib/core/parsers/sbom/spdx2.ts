import { asArray, asObject, asText, objectsOf, textsOf } from '../../model/raw.ts';
import { jsonObject } from '../structured-text.ts';
import {
  COMPONENTS_MAX,
  counted,
  type SbomComponent,
  type SbomDocument,
  type SbomProperty,
  TOO_MANY_COMPONENTS,
} from './sbom-document.ts';

type Raw = Readonly<Record<string, unknown>>;

/** What the relations between the elements of a document say, as far as it is asked for. */
interface Relations {
  /** What the document is about. */
  readonly described: ReadonlySet<string>;
  /** The files that a package contains, by their names. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  /** The source that a package is generated from. */
  readonly sources: ReadonlyMap<string, string>;
  /** The lock file or folder whose packages they are; trivy makes each of these a package. */
  readonly groups: ReadonlyMap<string, string>;
}

/** Trivy's word for a package that stands for a lock file or for all packages of one kind. */
const GROUP = /^SPDXRef-Application-/;
/** Trivy's words for what it looked at. */
const WHOLE = /^SPDXRef-(?:ContainerImage|Filesystem|Repository)-/;
const FILES_MAX = 8;

/** SPDX 2.2 and 2.3, https://spdx.github.io/spdx-spec/v2.3/, from JSON or from tags and values in the same shape. */
export function readSpdx2(document: Raw, encoding: string): SbomDocument {
  const packages = objectsOf(document.packages);
  const read = packages.slice(0, COMPONENTS_MAX);
  const relations = relationsOf(document);
  const isAllDescribed = read.every((raw) => relations.described.has(asText(raw.SPDXID) ?? ''));
  const names = new Map(read.map((raw) => [asText(raw.SPDXID) ?? '', raw]));
  const components = read.map((raw, index): SbomComponent => {
    const id = asText(raw.SPDXID) ?? '';
    const source = names.get(relations.sources.get(id) ?? '');
    const group = names.get(relations.groups.get(id) ?? '');
    return {
      ...packageOf(raw, index),
      places: placesOf(raw, relations.files.get(id) ?? [], group),
      origin: source === undefined ? null : packageOf(source, index),
      isSubject: !isAllDescribed && relations.described.has(id),
    };
  });
  return {
    format: `${(asText(document.spdxVersion) ?? 'SPDX').replace('-', ' ')} (${encoding})`,
    id: asText(document.documentNamespace),
    properties: [...propertiesOf(document), ...components.flatMap((one) => (one.isSubject ? one.properties : []))],
    components,
    others: counted(asArray(document.files).length, 'file'),
    saysIncomplete: false,
    problems: packages.length > read.length ? [TOO_MANY_COMPONENTS] : [],
    notes: [],
  };
}

function packageOf(raw: Raw, index: number): SbomComponent {
  const refs = objectsOf(raw.externalRefs);
  const id = asText(raw.SPDXID) ?? '';
  return {
    ref: id || `packages/${index}`,
    kind: kindOf(raw),
    group: null,
    name: asText(raw.name) ?? '',
    version: said(raw.versionInfo),
    // Some call a package URL a matter of security rather than of package managers.
    purl: refs.flatMap((ref) => (ref.referenceType === 'purl' ? (asText(ref.referenceLocator) ?? []) : []))[0] ?? null,
    hasCpe: refs.some((ref) => /^cpe2[23]Type$/.test(asText(ref.referenceType) ?? '')),
    properties: [...propertiesOf(raw), ...refs.flatMap(otherRef)],
    places: [],
    origin: null,
    isSubject: false,
  };
}

/** The purpose; older documents of trivy have none, and tell by their names of elements. */
function kindOf(raw: Raw): string {
  const id = asText(raw.SPDXID) ?? '';
  if (GROUP.test(id)) {
    return 'group';
  }
  if (WHOLE.test(id)) {
    return 'container';
  }
  return id.startsWith('SPDXRef-OperatingSystem-')
    ? 'operating-system'
    : (asText(raw.primaryPackagePurpose) ?? '').toLowerCase();
}

/** A text that says something: the format has two words for saying nothing. */
function said(raw: unknown): string | null {
  const text = asText(raw)?.trim() ?? '';
  return text === '' || text === 'NOASSERTION' || text === 'NONE' ? null : text;
}

function otherRef(ref: Raw): readonly SbomProperty[] {
  const type = asText(ref.referenceType);
  const locator = asText(ref.referenceLocator);
  return ref.referenceCategory === 'OTHER' && type !== null && locator !== null ? [[`spdx:ref:${type}`, locator]] : [];
}

/**
 * Where the package was found. Syft: `acquired package info from APK DB: /lib/apk/db/installed`, Amazon Inspector the path
 * alone; trivy the one file that it contains, or the lock file whose packages it is among.
 */
function placesOf(raw: Raw, files: readonly string[], group: Raw | undefined): readonly string[] {
  const [, first] =
    /^acquired package info from [^/\\]{0,100}: ([^,\n]{1,4096})/.exec(asText(raw.sourceInfo) ?? '') ?? [];
  const alone = /^\/[^\s,]{1,4096}$/.exec(asText(raw.sourceInfo) ?? '')?.[0];
  const lock = [asText(group?.sourceInfo), asText(group?.name)].find((text) => text?.includes('/'));
  const found = first ?? alone ?? (files.length === 1 ? files[0] : undefined) ?? lock ?? said(raw.packageFileName);
  return found === undefined || found === null ? [] : [found];
}

function relationsOf(document: Raw): Relations {
  const named = new Map(
    asArray(document.files).flatMap((one) => {
      const file = asObject(one);
      const id = asText(file?.SPDXID);
      return id === null ? [] : [[id, asText(file?.fileName) ?? ''] as const];
    }),
  );
  const described = new Set(textsOf(document.documentDescribes));
  const files = new Map<string, string[]>();
  const sources = new Map<string, string>();
  const groups = new Map<string, string>();
  const contains = (from: string, to: string): void => {
    const name = named.get(to);
    const list = files.get(from) ?? [];
    if (name !== undefined && list.length < FILES_MAX) {
      files.set(from, [...list, name]);
    }
  };
  for (const one of asArray(document.relationships)) {
    const relation = asObject(one);
    const from = asText(relation?.spdxElementId) ?? '';
    const to = asText(relation?.relatedSpdxElement) ?? '';
    const type = asText(relation?.relationshipType);
    if (type === 'DESCRIBES' && from === 'SPDXRef-DOCUMENT') {
      described.add(to);
    } else if (type === 'GENERATED_FROM') {
      sources.set(from, to);
    } else if (GROUP.test(from)) {
      groups.set(to, from);
    } else if (type === 'CONTAINS') {
      contains(from, to);
    }
  }
  for (const one of asArray(document.packages)) {
    for (const file of textsOf(asObject(one)?.hasFiles)) {
      contains(asText(asObject(one)?.SPDXID) ?? '', file);
    }
  }
  return { described, files, sources, groups };
}

/**
 * The format has no properties, so tools attach them otherwise: as annotations with a name and a value in JSON (hermeto, and
 * we), or as `Name: value` in annotations or attributions (trivy).
 */
function propertiesOf(raw: Raw): readonly SbomProperty[] {
  const texts = textsOf(raw.attributionTexts).flatMap(trivyProperty);
  const built = /^built package from: (\S{1,256})(?: (\S{1,256}))?$/.exec(asText(raw.sourceInfo) ?? '');
  const annotations = asArray(raw.annotations).flatMap((one): readonly SbomProperty[] => {
    const annotation = asObject(one);
    const comment = asText(annotation?.comment) ?? '';
    const annotator = asText(annotation?.annotator) ?? '';
    if (annotator.endsWith(':jsonencoded')) {
      const property = jsonObject(comment);
      const name = asText(property?.name);
      const value = asText(property?.value);
      return name === null || value === null ? [] : [[name, value]];
    }
    return annotator.startsWith('Tool: trivy') ? trivyProperty(comment) : [];
  });
  return [
    ...annotations,
    ...texts,
    ...(built === null
      ? []
      : ([
          ['spdx:source:name', built[1] ?? ''],
          ['spdx:source:version', built[2] ?? ''],
        ] as const)),
  ];
}

function trivyProperty(text: string): readonly SbomProperty[] {
  const [, name, value] = /^([A-Za-z]{1,40}): (\S.{0,4096})$/.exec(text) ?? [];
  return name === undefined || value === undefined ? [] : [[`aquasecurity:trivy:${name}`, value]];
}
