import { asText } from '../model/raw.ts';
import { languagePackage } from './language-package.ts';
import { found, unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { jsonObject } from './structured-text.ts';
import { textParser } from './text-parser.ts';

/**
 * Packages that conda installed: `conda-meta/<name>-<version>-<build>.json`. A package of Python brings its `dist-info`
 * along, which advisories of PyPI speak of; this record stays beside it as conda's own.
 */
export const condaMeta = textParser({
  id: 'conda/meta',
  wants: (path) => /(?:^|\/)conda-meta\/[^/]+\.json$/.test(path),
  parse: parseCondaMeta,
});

export function parseCondaMeta(text: string, path: string): ParseResult {
  const record = jsonObject(text);
  const name = asText(record?.name);
  const version = asText(record?.version);
  if (name === null || version === null) {
    return unreadable(path, 'The record has no name and version.');
  }
  const pkg = languagePackage({
    ecosystem: 'conda',
    name,
    version,
    packageManager: 'OTHER',
    path,
    qualifiers: condaQualifiers(asText(record?.build), asText(record?.subdir)),
  });
  return pkg === null ? unreadable(path, 'The record has no readable name and version.') : found([pkg]);
}

/** Build and platform, as the package URL of a conda package has them. */
export function condaQualifiers(build: string | null, subdir: string | null): Readonly<Record<string, string>> {
  return {
    ...(build === null || build === '' ? {} : { build: build.slice(0, 256) }),
    ...(subdir === null || subdir === '' ? {} : { subdir: subdir.slice(0, 256) }),
  };
}
