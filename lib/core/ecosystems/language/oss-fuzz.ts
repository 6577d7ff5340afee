import { packageKey } from '../../model/ids.ts';
import { tag } from '../../versions/tag.ts';
import type { Ecosystem } from '../ecosystem.ts';

/**
 * Projects that OSS-Fuzz tests. Its records name commits, and the tags of the project's repository that hold the flaw;
 * an installed version is affected when it is one of those tags.
 */
export const ossFuzz: Ecosystem = {
  id: 'oss-fuzz',
  displayName: 'OSS-Fuzz',
  family: 'language',
  // Records carry `pkg:generic/…`, under which anybody may name anything.
  purlType: null,
  purlNamespaces: [],
  osvName: 'OSS-Fuzz',
  versions: tag,
  parsers: [],
  normalizeName: (name) => name,
  advisoryKeys: (pkg) => [packageKey('OSS-Fuzz', pkg.name)],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  namePattern: /^[A-Za-z0-9_][A-Za-z0-9+._-]*$/,
  upgrades: () => [],
};
