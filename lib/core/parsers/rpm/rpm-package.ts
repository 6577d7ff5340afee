import type { Distro, EcosystemId, Package } from '../../model/package.ts';
import { osPackage } from '../os-package.ts';

/** What tells an installed package of rpm, wherever it was read. */
export interface RpmPackage {
  readonly name: string;
  readonly epoch: number;
  /** Version and release, joined by a dash. */
  readonly versionRelease: string;
  readonly architecture: string | null;
  readonly sourceRpm: string | null;
  readonly modularityLabel: string | null;
}

/** Ecosystems by the `ID` of os-release, with the first part of their package URLs. */
const BY_DISTRO: Readonly<Record<string, readonly [ecosystem: EcosystemId, namespace: string]>> = {
  rhel: ['redhat', 'redhat'],
  centos: ['centos', 'centos'],
  almalinux: ['almalinux', 'almalinux'],
  rocky: ['rocky', 'rocky'],
  ol: ['oracle', 'oracle'],
  fedora: ['fedora', 'fedora'],
  amzn: ['amazon', 'amzn'],
  mariner: ['azurelinux', 'mariner'],
  azurelinux: ['azurelinux', 'azurelinux'],
  photon: ['photon', 'photon'],
  openeuler: ['openeuler', 'openeuler'],
  mageia: ['mageia', 'mageia'],
};

/** Every rpm system but those known is described as Red Hat; its advisory keys decide whether Red Hat's records apply. */
function ecosystemOf(distro: Distro | null): readonly [ecosystem: EcosystemId, namespace: string] {
  const id = distro?.id ?? '';
  if (/^opensuse/.test(id)) {
    return ['opensuse', 'opensuse'];
  }
  if (/^(?:sle[ds]?|sl-micro|suse)(?:[_-]|$)/.test(id)) {
    return ['suse', 'suse'];
  }
  return (Object.hasOwn(BY_DISTRO, id) ? BY_DISTRO[id] : undefined) ?? ['redhat', id === '' ? 'redhat' : id];
}

/** The package in the model's shape; null where it has no name or version that could be one. */
export function rpmPackage(fields: RpmPackage, path: string, distro: Distro | null): Package | null {
  const [ecosystem, namespace] = ecosystemOf(distro);
  const version = withEpoch(fields.epoch, fields.versionRelease);
  return osPackage(
    {
      ecosystem,
      purlType: 'rpm',
      namespace,
      name: fields.name,
      version,
      purlVersion: fields.versionRelease,
      architecture: fields.architecture,
      ...sourceOf(fields, version),
      // Purl-spec, type rpm: the epoch is a qualifier, and rpmmod what the header calls its MODULARITYLABEL.
      qualifiers: {
        ...(fields.epoch === 0 ? {} : { epoch: String(fields.epoch) }),
        ...(fields.modularityLabel === null ? {} : { rpmmod: fields.modularityLabel }),
      },
      path,
    },
    distro,
  );
}

function withEpoch(epoch: number, versionRelease: string): string {
  return epoch === 0 ? versionRelease : `${epoch}:${versionRelease}`;
}

/**
 * `bash-5.1.8-6.el9.src.rpm`: name, version and release of the source. The file's name leaves its epoch out; packages
 * that share the source's version share its epoch, others (a Perl module of perl's source) have a count of their own.
 */
function sourceOf(
  { sourceRpm, versionRelease }: RpmPackage,
  version: string,
): { readonly sourceName: string | null; readonly sourceVersion: string | null } {
  const source = sourceRpmParts(sourceRpm ?? '');
  return source === null
    ? { sourceName: null, sourceVersion: null }
    : {
        sourceName: source.name,
        sourceVersion: source.versionRelease === versionRelease ? version : source.versionRelease,
      };
}

/** Name, and version with release, in the name of a source package's file; null where it is none. */
export function sourceRpmParts(file: string): { readonly name: string; readonly versionRelease: string } | null {
  const [, name, versionRelease] =
    /^([^\s/]{1,200})-([^\s/-]{1,128}-[^\s/-]{1,128})\.(?:no)?src\.rpm$/.exec(file) ?? [];
  return name === undefined || versionRelease === undefined ? null : { name, versionRelease };
}
