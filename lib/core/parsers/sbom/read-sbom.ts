import { asArray, asObject, asText } from '../../model/raw.ts';
import { plainText } from '../text-parser.ts';
import { readCyclonedxJson } from './cyclonedx-json.ts';
import { readCyclonedxXml } from './cyclonedx-xml.ts';
import type { SbomDocument } from './sbom-document.ts';
import { isSpdxTagValue, parseTagValue } from './spdx-tag-value.ts';
import { readSpdx2 } from './spdx2.ts';
import { readSpdx3 } from './spdx3.ts';

type Raw = Readonly<Record<string, unknown>>;
type Read = SbomDocument | { readonly refused: string };

/** Larger documents are refused: as values in memory they take several times their size. */
export const SBOM_BYTES_MAX = 64 * 1024 * 1024;
/** An attestation in an envelope in a bundle, and a document in a report: nobody wraps deeper. */
const WRAPPERS_MAX = 6;
const LINES_MAX = 100;

/** Reads an SBOM of any format, known by its content and never by its name. */
export function readSbom(bytes: Uint8Array): Read {
  if (bytes.length > SBOM_BYTES_MAX) {
    return { refused: `The document is larger than ${SBOM_BYTES_MAX / 1024 / 1024} MiB.` };
  }
  const text = decoded(bytes);
  const start = text.slice(0, 4096).trimStart()[0];
  if (start === undefined) {
    return { refused: 'The document is empty.' };
  }
  if (start === '<') {
    return readCyclonedxXml(text);
  }
  if (start === '{' || start === '[') {
    return readJson(text);
  }
  if (!isSpdxTagValue(text)) {
    return { refused: 'The document is neither CycloneDX nor SPDX: it is not JSON, XML or tags with values of SPDX.' };
  }
  const { document, problems } = parseTagValue(plainText(text));
  const read = readSpdx2(document, 'tag-value');
  return { ...read, problems: [...read.problems, ...problems] };
}

function isDocument(read: Read): read is SbomDocument {
  return !('refused' in read);
}

/** UTF-8 and UTF-16, with a byte order mark or without. All formats begin with a sign of ASCII. */
function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const isLittle = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
  const isBig = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0);
  if (bytes.length < 2 || (!isLittle && !isBig)) {
    return new TextDecoder('utf-8').decode(bytes);
  }
  return new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be').decode(bytes);
}

function readJson(text: string): Read {
  const value = parsed(text);
  if (value !== null) {
    return readValue(value, []);
  }
  // Attestations of one image come as a list, one a line.
  const lines = text.split('\n', LINES_MAX + 1).filter((line) => line.trim() !== '');
  const values = lines.length < 2 || lines.length > LINES_MAX ? [] : lines.map(parsed);
  if (values.length === 0 || values.includes(null)) {
    return { refused: 'The document is not well-formed JSON: it may be cut off.' };
  }
  const documents = values.map((one) => readValue(one, [])).filter(isDocument);
  const [first] = documents;
  if (first === undefined) {
    return { refused: 'None of the attestations holds an SBOM.' };
  }
  const rest = documents.length - 1;
  return rest === 0
    ? first
    : { ...first, notes: [...first.notes, `The first of ${rest + 1} SBOMs in the file was read.`] };
}

function parsed(text: string): Raw | null {
  try {
    return asObject(JSON.parse(text)) ?? {};
  } catch {
    // A broken document is an expected thing; the caller says so.
    return null;
  }
}

/** The document itself, or what is wrapped around it. `notes` tells what was taken off. */
function readValue(value: Raw | null, notes: readonly string[]): Read {
  if (value === null || notes.length > WRAPPERS_MAX) {
    return { refused: 'The document is wrapped too often, or wraps nothing.' };
  }
  const format = readFormat(value);
  if (format !== null) {
    return { ...format, notes: [...notes, ...format.notes] };
  }
  const inner = unwrapped(value);
  if (inner === null) {
    return { refused: refusal(value) };
  }
  return readValue(inner.value, inner.note === null ? notes : [...new Set([...notes, inner.note])]);
}

function readFormat(value: Raw): SbomDocument | null {
  const context = asArray(value['@context'])
    .concat(value['@context'])
    .find((one) => /spdx/i.test(asText(one) ?? ''));
  if (value.bomFormat === 'CycloneDX' || isUnnamedCyclonedx(value)) {
    return readCyclonedxJson(value);
  }
  if (context !== undefined) {
    return readSpdx3(value);
  }
  return /^SPDX-2\./.test(asText(value.spdxVersion) ?? '') ? readSpdx2(value, 'JSON') : null;
}

/** Some leave out the name of the format. */
function isUnnamedCyclonedx(value: Raw): boolean {
  const isVersion = /^1\.[0-9]+$/.test(asText(value.specVersion) ?? '');
  return isVersion && (Array.isArray(value.components) || /cyclonedx/i.test(asText(value.$schema) ?? ''));
}

const UNCHECKED = 'The document is an attestation: it was taken out of its envelope, whose signature was not checked.';

/** Envelopes: DSSE, in-toto statements, bundles of Sigstore, and `{"sbom": …}` of Amazon Inspector's and GitHub's answers. */
function unwrapped(value: Raw): { readonly value: Raw | null; readonly note: string | null } | null {
  if (typeof value.payload === 'string' && typeof value.payloadType === 'string') {
    return { value: parsed(new TextDecoder().decode(Buffer.from(value.payload, 'base64'))), note: UNCHECKED };
  }
  const bundled = asObject(value.dsseEnvelope);
  if (bundled !== null) {
    return { value: bundled, note: UNCHECKED };
  }
  if (typeof value.predicateType === 'string') {
    const predicate = asObject(value.predicate);
    const data = predicate?.Data ?? value.predicate;
    return { value: asObject(data) ?? parsed(asText(data) ?? ''), note: UNCHECKED };
  }
  const sbom = asObject(value.sbom) ?? asObject(value.SBOM);
  return sbom === null ? null : { value: sbom, note: null };
}

/** Documents of other programs that people take for SBOMs, by fields that only they have. */
function refusal(value: Raw): string {
  if (typeof value.spdxVersion === 'string') {
    return `SPDX of the version "${value.spdxVersion.slice(0, 20)}" is not read.`;
  }
  if (Array.isArray(value.artifacts) && value.descriptor !== undefined) {
    return "The document is syft's own JSON: write it as CycloneDX or SPDX.";
  }
  if (Array.isArray(value.Results) && value.SchemaVersion !== undefined) {
    return 'The document is a report of trivy: write it as CycloneDX or SPDX.';
  }
  if (typeof value.buildType === 'string' || value.buildDefinition !== undefined) {
    return 'The attestation tells how something was built, and not what is in it.';
  }
  return 'The JSON is neither a CycloneDX nor an SPDX document.';
}
