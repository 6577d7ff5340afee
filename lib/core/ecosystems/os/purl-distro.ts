import type { Distro } from '../../model/package.ts';

/** Releases by the code names that package URLs and archives call them. */
const CODENAMES: Readonly<Record<string, readonly [id: string, versionId: string]>> = {
  squeeze: ['debian', '6'],
  wheezy: ['debian', '7'],
  jessie: ['debian', '8'],
  stretch: ['debian', '9'],
  buster: ['debian', '10'],
  bullseye: ['debian', '11'],
  bookworm: ['debian', '12'],
  trixie: ['debian', '13'],
  forky: ['debian', '14'],
  duke: ['debian', '15'],
  trusty: ['ubuntu', '14.04'],
  xenial: ['ubuntu', '16.04'],
  bionic: ['ubuntu', '18.04'],
  focal: ['ubuntu', '20.04'],
  jammy: ['ubuntu', '22.04'],
  noble: ['ubuntu', '24.04'],
  oracular: ['ubuntu', '24.10'],
  plucky: ['ubuntu', '25.04'],
  questing: ['ubuntu', '25.10'],
  resolute: ['ubuntu', '26.04'],
};

/** What os-release calls a distribution that package URLs call otherwise. */
const IDS: Readonly<Record<string, string>> = {
  amazon: 'amzn',
  oracle: 'ol',
  oraclelinux: 'ol',
  redhat: 'rhel',
  'rocky-linux': 'rocky',
  suse: 'sles',
};

/** Distributions without releases, which a package URL names by its namespace alone. */
const ROLLING: ReadonlySet<string> = new Set(['arch', 'wolfi', 'chainguard']);

/** The number of a Debian release by its code name; null for `sid` and others that have none. */
export function debianReleaseOf(codename: string): string | null {
  const [id, versionId] = (Object.hasOwn(CODENAMES, codename) ? CODENAMES[codename] : undefined) ?? [];
  return id === 'debian' && versionId !== undefined ? versionId : null;
}

/**
 * The distribution of a package URL: its `distro` qualifier is a code name (`jammy`), a release (`3.18.2`) or both parts
 * (`debian-12`, `opensuse-leap-15.5`). Null where it does not say. Specification: purl-spec, types deb, rpm and apk.
 */
export function distroOfPurl(namespace: string | null, qualifier: string | undefined): Distro | null {
  const text = qualifier?.trim() ?? '';
  const known = Object.hasOwn(CODENAMES, text) ? CODENAMES[text] : undefined;
  if (known !== undefined) {
    return { id: known[0], versionId: known[1], codename: text, prettyName: '' };
  }
  if (namespace !== null && ROLLING.has(namespace)) {
    return { id: namespace, versionId: '', codename: null, prettyName: '' };
  }
  const [, name = namespace ?? '', versionId] =
    /^(?:([A-Za-z][A-Za-z_-]*?)-)?v?([0-9][0-9A-Za-z._]*|edge)$/.exec(text) ?? [];
  if (versionId === undefined || name === '') {
    return null;
  }
  const id = name.toLowerCase();
  return { id: (Object.hasOwn(IDS, id) ? IDS[id] : undefined) ?? id, versionId, codename: null, prettyName: '' };
}
