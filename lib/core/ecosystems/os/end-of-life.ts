import type { Distro } from '../../model/package.ts';

/**
 * The day after which a release gets no more security updates that everybody may have, by `ID` and the beginning of
 * `VERSION_ID` of os-release. Paid extensions (Ubuntu Pro, Debian ELTS, Red Hat ELS) are left out. Sources: the release
 * pages of each distribution; for Debian the end of LTS.
 */
const LAST_DAYS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  debian: {
    '7': '2018-05-31',
    '8': '2020-06-30',
    '9': '2022-06-30',
    '10': '2024-06-30',
    '11': '2026-08-31',
    '12': '2028-06-30',
    '13': '2030-06-30',
  },
  ubuntu: {
    '14.04': '2019-04-30',
    '16.04': '2021-04-30',
    '18.04': '2023-05-31',
    '20.04': '2025-05-31',
    '22.04': '2027-04-01',
    '22.10': '2023-07-20',
    '23.04': '2024-01-25',
    '23.10': '2024-07-11',
    '24.04': '2029-04-25',
    '24.10': '2025-07-10',
    '25.04': '2026-01-17',
  },
  alpine: {
    '3.12': '2022-05-01',
    '3.13': '2022-11-01',
    '3.14': '2023-05-01',
    '3.15': '2023-11-01',
    '3.16': '2024-05-23',
    '3.17': '2024-11-22',
    '3.18': '2025-05-09',
    '3.19': '2025-11-01',
    '3.20': '2026-04-01',
    '3.21': '2026-11-01',
    '3.22': '2027-05-01',
  },
  amzn: { '2018': '2023-12-31', '2': '2026-06-30', '2023': '2029-06-30' },
  rhel: { '6': '2020-11-30', '7': '2024-06-30', '8': '2029-05-31', '9': '2032-05-31', '10': '2035-05-31' },
  centos: { '6': '2020-11-30', '7': '2024-06-30', '8': '2021-12-31' },
  almalinux: { '8': '2029-05-31', '9': '2032-05-31' },
  rocky: { '8': '2029-05-31', '9': '2032-05-31' },
  ol: { '7': '2024-12-31', '8': '2029-07-31', '9': '2032-06-30' },
};

/** The last day of a release's security support (`YYYY-MM-DD`); null where it is not known. */
export function lastDayOf({ id, versionId }: Distro): string | null {
  const days = Object.hasOwn(LAST_DAYS, id) ? LAST_DAYS[id] : undefined;
  const [major = '', minor] = versionId.split('.');
  const release = minor === undefined ? major : `${major}.${minor}`;
  return days?.[release] ?? days?.[major] ?? null;
}

/** One sentence about a release whose support has ended; null where it has not, or nobody knows. */
export function supportWarning(distro: Distro, now: Date): string | null {
  const last = lastDayOf(distro);
  if (last === null || now.getTime() < Date.parse(last) + 86_400_000) {
    return null;
  }
  const name = distro.prettyName === '' ? `${distro.id} ${distro.versionId}` : distro.prettyName;
  return `${name} has had no free security updates since ${last}: newer flaws have neither advisory nor fix for it. Move to a supported release.`;
}
