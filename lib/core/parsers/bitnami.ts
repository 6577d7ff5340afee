import type { Package } from '../model/package.ts';
import { asArray, asObject, asText } from '../model/raw.ts';
import { languagePackage } from './language-package.ts';
import { found, noPackage, unreadable } from './parse-result.ts';
import type { ParseResult, Parser } from './parser.ts';
import { fromPurl } from './purl.ts';
import { jsonObject } from './structured-text.ts';
import { textParser } from './text-parser.ts';

const COMPONENTS_MAX = 20_000;
const LINES_MAX = 1_000_000;

function bitnamiFile(id: string, place: RegExp, parseDocument: typeof parseBitnamiSpdx): Parser {
  return textParser({ id, wants: (path) => place.test(path), bytesMax: 16 * 1024 * 1024, parse: parseDocument });
}

/** `.bitnami_components.json` of Bitnami's images: version by component. */
export const bitnamiComponents = bitnamiFile(
  'bitnami/components',
  /(?:^|\/)opt\/bitnami\/\.bitnami_components\.json$/,
  parseBitnamiComponents,
);

/** `.spdx-<component>.spdx` in the folder of each component: what Bitnami built into it. */
export const bitnamiSpdx = bitnamiFile(
  'bitnami/spdx',
  /(?:^|\/)opt\/bitnami\/(?:[^/]+\/){1,3}\.spdx-[^/]+\.spdx$/,
  parseBitnamiSpdx,
);

export function parseBitnamiComponents(text: string, path: string): ParseResult {
  const document = jsonObject(text);
  if (document === null) {
    return unreadable(path, 'The list of components is not a JSON object.');
  }
  const components = Object.entries(document).slice(0, COMPONENTS_MAX);
  return result(
    components.map(([name, raw]) => packageOf(name, asText(asObject(raw)?.version), path)),
    path,
  );
}

/** The packages of Bitnami's own type; others that the document lists are files of the image and read as such. */
export function parseBitnamiSpdx(text: string, path: string): ParseResult {
  const document = jsonObject(text);
  if (document === null && !TAG_VALUE.test(text)) {
    return unreadable(path, 'The document is SPDX neither as JSON nor as tags and values.');
  }
  const locators = document === null ? taggedLocators(text) : listedLocators(document);
  return result(
    locators.map((locator) => {
      const purl = fromPurl(locator);
      return packageOf(purl?.name ?? '', purl?.version ?? null, path);
    }),
    path,
  );
}

const TAG_VALUE = /^\s*SPDXVersion:/;
const TYPE = 'pkg:bitnami/';

function listedLocators(document: Readonly<Record<string, unknown>>): readonly string[] {
  return asArray(document.packages)
    .slice(0, COMPONENTS_MAX)
    .flatMap((raw) => asArray(asObject(raw)?.externalRefs))
    .map((ref) => asText(asObject(ref)?.referenceLocator) ?? '')
    .filter((locator) => locator.startsWith(TYPE));
}

function taggedLocators(text: string): readonly string[] {
  return text
    .split('\n', LINES_MAX)
    .map((line) => /^ExternalRef: ?PACKAGE[-_]MANAGER purl (\S+)/.exec(line)?.[1] ?? '')
    .filter((locator) => locator.startsWith(TYPE));
}

function packageOf(name: string, version: string | null, path: string): Package | null {
  return languagePackage({ ecosystem: 'bitnami', name, version: version ?? '', packageManager: 'OTHER', path });
}

function result(listed: readonly (Package | null)[], path: string): ParseResult {
  const packages = listed.filter((pkg) => pkg !== null);
  if (packages.length < listed.length) {
    return unreadable(path, `${listed.length - packages.length} components have no name and version.`, packages);
  }
  return packages.length === 0 ? noPackage(path, 'The document names no component of Bitnami.') : found(packages);
}
