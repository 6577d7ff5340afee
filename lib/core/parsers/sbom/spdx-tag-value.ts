import { textLines } from '../text-lines.ts';

/** A package, file or document in the shape of the JSON form, as it is filled. */
interface Fields {
  [name: string]: unknown;
  packages?: Fields[];
  files?: Fields[];
  relationships?: Fields[];
  annotations?: Fields[];
  externalRefs?: Fields[];
  attributionTexts?: string[];
}

/** Tags with one value, and what the JSON form calls them. */
const FIELDS: Readonly<Record<string, string>> = {
  SPDXVersion: 'spdxVersion',
  DocumentNamespace: 'documentNamespace',
  SPDXID: 'SPDXID',
  PackageVersion: 'versionInfo',
  PackageFileName: 'packageFileName',
  PackageSourceInfo: 'sourceInfo',
  PrimaryPackagePurpose: 'primaryPackagePurpose',
};
const TEXT_MAX = 64 * 1024;

/** Whether the text begins as such a document does: comments, then the version of SPDX. */
export function isSpdxTagValue(text: string): boolean {
  return /^(?:[ \t]*(?:#[^\n]{0,1000})?\r?\n){0,100}[ \t]*SPDXVersion:[ \t]*SPDX-/.test(text.slice(0, 64 * 1024));
}

/**
 * SPDX 2 as tags and values, one a line, in the shape of its JSON form. A package, file or annotation begins with its own
 * first tag and goes on to the next one; a value between `<text>` and `</text>` may have several lines.
 * https://spdx.github.io/spdx-spec/v2.3/conformance/#44-standard-data-format-requirements
 */
export function parseTagValue(text: string): { readonly document: Fields; readonly problems: readonly string[] } {
  const document = { packages: [] as Fields[], files: [] as Fields[], relationships: [] as Fields[] } satisfies Fields;
  let current: Fields = document;
  let annotation: Fields | null = null;
  let unknown = 0;
  const set = (tag: string, value: string): void => {
    if (tag === 'PackageName') {
      current = { name: value };
      document.packages.push(current);
    } else if (tag === 'FileName') {
      current = { fileName: value };
      document.files.push(current);
    } else if (tag === 'SnippetSPDXID' || tag === 'LicenseID') {
      // Snippets and licences are nobody's packages.
      current = {};
    } else if (tag === 'Relationship') {
      const [spdxElementId, relationshipType, relatedSpdxElement] = value.split(/\s+/);
      document.relationships.push({ spdxElementId, relationshipType, relatedSpdxElement });
    } else if (tag === 'ExternalRef') {
      const [referenceCategory, referenceType, referenceLocator] = value.split(/\s+/);
      current.externalRefs ??= [];
      current.externalRefs.push({ referenceCategory, referenceType, referenceLocator });
    } else if (tag === 'PackageAttributionText') {
      current.attributionTexts ??= [];
      current.attributionTexts.push(value);
    } else if (tag === 'Annotator') {
      annotation = { annotator: value };
      current.annotations ??= [];
      current.annotations.push(annotation);
    } else if (tag === 'AnnotationComment' && annotation !== null) {
      annotation.comment = value;
    } else if (Object.hasOwn(FIELDS, tag)) {
      current[FIELDS[tag] ?? tag] = value;
    }
  };
  let open: { readonly tag: string; readonly lines: string[]; length: number } | null = null;
  for (const line of textLines(text)) {
    if (open !== null) {
      const end = line.indexOf('</text>');
      const part = end === -1 ? line : line.slice(0, end);
      open.length += part.length;
      if (open.length <= TEXT_MAX) {
        open.lines.push(part);
      }
      if (end !== -1) {
        set(open.tag, open.lines.join('\n'));
        open = null;
      }
      continue;
    }
    const [, tag, value = ''] = /^\s{0,8}([A-Za-z]{2,60}):[ \t]{0,8}(.*)$/.exec(line) ?? [];
    if (tag === undefined) {
      unknown += line.trim() === '' || line.trimStart().startsWith('#') ? 0 : 1;
    } else if (value.startsWith('<text>') && !value.includes('</text>')) {
      open = { tag, lines: [value.slice('<text>'.length)], length: value.length };
    } else {
      set(
        tag,
        value
          .replace(/^<text>/, '')
          .replace(/<\/text>\s{0,8}$/, '')
          .trim(),
      );
    }
  }
  const problems = [
    ...(open === null ? [] : ['The document ends in the middle of a text.']),
    ...(unknown === 0 ? [] : [`${unknown} lines of the document are neither tags with values nor comments.`]),
  ];
  return { document, problems };
}
