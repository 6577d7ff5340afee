import type { Distro, Package } from '../../model/package.ts';
import { excerpt, unreadable } from '../parse-result.ts';
import type { ParseResult, Parser } from '../parser.ts';
import { readBounded } from '../read-bounded.ts';
import { textLines } from '../text-lines.ts';
import { rpmPackage } from './rpm-package.ts';

/**
 * The list that images of Mariner and Azure Linux without rpm carry in place of its database. Each line is what
 * `rpm -qa` printed when the image was made.
 */
export const rpmContainerManifest: Parser = {
  id: 'os/rpm-container-manifest',
  reads: 'tree',
  wants: (path) => path === 'var/lib/rpmmanifest/container-manifest-2',
  async parse(path, tree, { distro }) {
    const read = await readBounded(tree, path, BYTES_MAX);
    if (read.kind === 'unreadable') {
      return unreadable(path, `The list of packages ${read.reason}.`);
    }
    return parseContainerManifest(read.text, path, distro);
  },
};

const BYTES_MAX = 32 * 1024 * 1024;
const COLUMNS = 10;
const DIAGNOSTICS_MAX = 20;

/** Columns: name, version-release, times of install and build, vendor, (none), size, architecture, epoch, source. */
export function parseContainerManifest(text: string, path: string, distro: Distro | null): ParseResult {
  const packages: Package[] = [];
  const refused: string[] = [];
  for (const line of textLines(text)) {
    const columns = line.trimEnd().split('\t', COLUMNS + 1);
    const pkg = columns.length === COLUMNS ? toPackage(columns, path, distro) : null;
    if (pkg !== null) {
      packages.push(pkg);
    } else if (line.trim() !== '') {
      refused.push(`A line of the list of packages was skipped: "${excerpt(line)}".`);
    }
  }
  if (packages.length === 0 && refused.length === 0) {
    return unreadable(path, 'The list of packages is empty.');
  }
  return {
    packages,
    diagnostics: refused.slice(0, DIAGNOSTICS_MAX).map((message) => ({ level: 'warning', path, message })),
    complete: refused.length === 0,
  };
}

function toPackage(columns: readonly string[], path: string, distro: Distro | null): Package | null {
  const [name = '', versionRelease = '', , , , , , architecture = '', epoch = '', sourceRpm = ''] = columns;
  if (name === 'gpg-pubkey' || !/^[0-9]{1,9}$/.test(epoch)) {
    return null;
  }
  return rpmPackage(
    {
      name,
      epoch: Number(epoch),
      versionRelease,
      architecture: architecture === '(none)' ? null : architecture,
      sourceRpm,
      modularityLabel: null,
    },
    path,
    distro,
  );
}
