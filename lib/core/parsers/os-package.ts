import type { Distro, EcosystemId, Package } from '../model/package.ts';
import { isPlain, toPurl } from './purl.ts';

/** What a package database knows of an installed package. */
export interface OsPackage {
  readonly ecosystem: EcosystemId;
  readonly purlType: 'apk' | 'rpm' | 'alpm' | 'opkg';
  /** First part of the package URL: who publishes the packages. */
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
  /** The version as the package URL writes it, where that differs. */
  readonly purlVersion?: string;
  readonly architecture: string | null;
  readonly sourceName: string | null;
  readonly sourceVersion: string | null;
  readonly qualifiers?: Readonly<Record<string, string>>;
  readonly path: string;
}

const NAME_LENGTH_MAX = 256;
const VERSION_LENGTH_MAX = 256;

/** The package in the model's shape with its package URL; null where name or version cannot be one. */
export function osPackage(fields: OsPackage, distro: Distro | null): Package | null {
  if (!isPlain(fields.name, NAME_LENGTH_MAX) || !isPlain(fields.version, VERSION_LENGTH_MAX)) {
    return null;
  }
  const { ecosystem, name, version, architecture, sourceName, sourceVersion, path } = fields;
  return {
    ecosystem,
    name,
    version,
    architecture,
    sourceName,
    sourceVersion,
    purl: toPurl({
      type: fields.purlType,
      namespace: fields.namespace,
      name,
      version: fields.purlVersion ?? version,
      qualifiers: {
        ...(architecture === null ? {} : { arch: architecture }),
        ...distroQualifier(distro),
        ...fields.qualifiers,
      },
    }),
    packageManager: 'OS',
    path,
    layer: null,
  };
}

function distroQualifier(distro: Distro | null): Readonly<Record<string, string>> {
  if (distro === null) {
    return {};
  }
  // A distribution that rolls has no release to name.
  return { distro: distro.versionId === '' ? distro.id : `${distro.id}-${distro.versionId}` };
}
