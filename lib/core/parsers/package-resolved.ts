import { asArray, asObject, asText } from '../model/raw.ts';
import { packageList } from './package-list.ts';
import { unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { jsonObject } from './structured-text.ts';
import { isUnpacked, textParser } from './text-parser.ts';

/** `Package.resolved` of the Swift Package Manager and Xcode, versions 1 to 3. */
export const packageResolved = textParser({
  id: 'swift/package-resolved',
  declares: true,
  wants: (path) => /(?:^|\/)Package\.resolved$/.test(path) && !isUnpacked(path),
  parse: parsePackageResolved,
});

export function parsePackageResolved(text: string, path: string): ParseResult {
  const file = jsonObject(text);
  const pins = file?.pins ?? asObject(file?.object)?.pins;
  if (!Array.isArray(pins)) {
    return unreadable(path, 'The file has no list of pins.');
  }
  const list = packageList({ path, ecosystem: 'swift', packageManager: 'OTHER' });
  for (const raw of asArray(pins)) {
    const pin = asObject(raw);
    const identity = asText(pin?.identity) ?? asText(pin?.package) ?? '';
    const location = asText(pin?.location) ?? asText(pin?.repositoryURL) ?? '';
    const version = asText(asObject(pin?.state)?.version);
    const name = repositoryOf(location);
    if (pin?.kind === 'localSourceControl' || /^(?:\/|\.|file:)/.test(location)) {
      list.leaveOut('packages of a folder of the machine');
    } else if (pin?.kind === 'registry') {
      list.leaveOut('packages of a registry are not named by a repository, as advisories name them');
    } else if (name === null) {
      list.malformed(identity === '' ? location : identity);
    } else if (version === null) {
      list.leaveOut('pins to a branch or a commit have no version');
    } else {
      list.add({ name, version });
    }
  }
  return list.result();
}

/** `github.com/apple/swift-nio` of any address that git takes, as advisories write it. */
export function repositoryOf(location: string): string | null {
  const [, host = '', path = ''] =
    /^(?:[a-z+]{1,10}:\/\/)?(?:[^@/\s]{1,100}@)?([A-Za-z0-9.-]+)(?::[0-9]{1,5}(?=\/))?[:/]([^\s?#]+)$/.exec(location) ??
    [];
  const name = path.replace(/^\/|\/$/g, '').replace(/\.git$/, '');
  return host === '' || name === '' ? null : `${host}/${name}`;
}
