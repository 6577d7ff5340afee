/** Releases that the sample estate runs. */
export const SAMPLE_RELEASES = ['debian-11', 'debian-12', 'ubuntu-20.04', 'ubuntu-22.04'] as const;
export type SampleRelease = (typeof SAMPLE_RELEASES)[number];

/** A source package: the version that the release was published with, and the binary packages that are installed of it. */
export interface SampleSource {
  readonly source: string;
  readonly version: string;
  readonly binaries: readonly string[];
}

interface ReleaseFacts {
  readonly osvEcosystem: string;
  readonly osRelease: string;
  /** Installed everywhere. */
  readonly base: readonly SampleSource[];
  /** Installed by role. */
  readonly roles: Readonly<Record<SampleRole, readonly SampleSource[]>>;
}

/** What a machine is for; it decides what is installed beside the base. */
export const SAMPLE_ROLES = ['web', 'api', 'db', 'cache', 'bastion', 'build'] as const;
export type SampleRole = (typeof SAMPLE_ROLES)[number];

function source(name: string, version: string, ...binaries: string[]): SampleSource {
  return { source: name, version, binaries: binaries.length > 0 ? binaries : [name] };
}

function osRelease(id: string, versionId: string, codename: string, pretty: string): string {
  return `PRETTY_NAME="${pretty}"\nNAME="${id}"\nID=${id}\nVERSION_ID="${versionId}"\nVERSION_CODENAME=${codename}\n`;
}

const sshd = ['openssh-client', 'openssh-server'];

/** Published package names and versions of the four releases, as each stood when it came out (Ubuntu's nginx: first update). */
export const SAMPLE_PACKAGES: Readonly<Record<SampleRelease, ReleaseFacts>> = {
  'debian-11': {
    osvEcosystem: 'Debian:11',
    osRelease: osRelease('debian', '11', 'bullseye', 'Debian GNU/Linux 11 (bullseye)'),
    base: [
      source('bash', '5.1-2'),
      source('coreutils', '8.32-4'),
      source('curl', '7.74.0-1.3', 'curl', 'libcurl4'),
      source('dpkg', '1.20.9'),
      source('expat', '2.2.10-2', 'libexpat1'),
      source('glibc', '2.31-13', 'libc6', 'libc-bin'),
      source('gnutls28', '3.7.1-5', 'libgnutls30'),
      source('gzip', '1.10-4'),
      source('krb5', '1.18.3-6', 'libkrb5-3', 'libgssapi-krb5-2'),
      source('libksba', '1.5.0-3', 'libksba8'),
      source('libxml2', '2.9.10+dfsg-6.7'),
      source('openldap', '2.4.57+dfsg-3', 'libldap-2.4-2'),
      source('openssl', '1.1.1k-1', 'openssl', 'libssl1.1'),
      source('policykit-1', '0.105-31'),
      source('sed', '4.7-1'),
      source('sudo', '1.9.5p2-3'),
      source('tzdata', '2021a-1'),
      source('zlib', '1:1.2.11.dfsg-2', 'zlib1g'),
    ],
    roles: {
      web: [source('apache2', '2.4.48-3.1', 'apache2', 'apache2-bin'), source('openssh', '1:8.4p1-5', ...sshd)],
      api: [source('nginx', '1.18.0-6.1', 'nginx', 'nginx-core'), source('openssh', '1:8.4p1-5', ...sshd)],
      db: [
        source('postgresql-13', '13.3-1', 'postgresql-13', 'postgresql-client-13'),
        source('openssh', '1:8.4p1-5', ...sshd),
      ],
      cache: [source('redis', '5:6.0.15-1', 'redis-server', 'redis-tools'), source('openssh', '1:8.4p1-5', ...sshd)],
      bastion: [source('openssh', '1:8.4p1-5', ...sshd)],
      build: [source('git', '1:2.30.2-1', 'git', 'git-man'), source('openssh', '1:8.4p1-5', ...sshd)],
    },
  },
  'debian-12': {
    osvEcosystem: 'Debian:12',
    osRelease: osRelease('debian', '12', 'bookworm', 'Debian GNU/Linux 12 (bookworm)'),
    base: [
      source('bash', '5.2.15-2'),
      source('coreutils', '9.1-1'),
      source('curl', '7.88.1-10', 'curl', 'libcurl4'),
      source('dpkg', '1.21.22'),
      source('glibc', '2.36-9', 'libc6', 'libc-bin'),
      source('gzip', '1.12-1'),
      source('openssl', '3.0.9-1', 'openssl', 'libssl3'),
      source('sed', '4.9-1'),
      source('tar', '1.34+dfsg-1.2'),
      source('zlib', '1:1.2.13.dfsg-1', 'zlib1g'),
    ],
    roles: {
      web: [
        source('libwebp', '1.2.4-0.2', 'libwebp7'),
        source('nginx', '1.22.1-9'),
        source('openssh', '1:9.2p1-2', ...sshd),
      ],
      api: [source('libwebp', '1.2.4-0.2', 'libwebp7'), source('openssh', '1:9.2p1-2', ...sshd)],
      db: [source('postgresql-15', '15.3-0+deb12u1'), source('openssh', '1:9.2p1-2', ...sshd)],
      cache: [source('openssh', '1:9.2p1-2', ...sshd)],
      bastion: [source('openssh', '1:9.2p1-2', ...sshd)],
      build: [source('git', '1:2.39.2-1.1', 'git', 'git-man'), source('openssh', '1:9.2p1-2', ...sshd)],
    },
  },
  'ubuntu-20.04': {
    osvEcosystem: 'Ubuntu:20.04:LTS',
    osRelease: osRelease('ubuntu', '20.04', 'focal', 'Ubuntu 20.04 LTS'),
    base: [
      source('bash', '5.0-6ubuntu1'),
      source('coreutils', '8.30-3ubuntu2'),
      source('curl', '7.68.0-1ubuntu2', 'curl', 'libcurl4'),
      source('dpkg', '1.19.7ubuntu3'),
      source('e2fsprogs', '1.45.5-2ubuntu1', 'e2fsprogs', 'libext2fs2'),
      source('expat', '2.2.9-1build1', 'libexpat1'),
      source('glibc', '2.31-0ubuntu9', 'libc6', 'libc-bin'),
      source('gnutls28', '3.6.13-2ubuntu1', 'libgnutls30'),
      source('gzip', '1.10-0ubuntu4'),
      source('krb5', '1.17-6ubuntu4', 'libkrb5-3', 'libgssapi-krb5-2'),
      source('libxml2', '2.9.10+dfsg-5'),
      source('ncurses', '6.2-0ubuntu2', 'ncurses-bin', 'libncursesw6'),
      source('nghttp2', '1.40.0-1build1', 'libnghttp2-14'),
      source('openssl', '1.1.1f-1ubuntu2', 'openssl', 'libssl1.1'),
      source('policykit-1', '0.105-26ubuntu1'),
      source('shadow', '1:4.8.1-1ubuntu5', 'login', 'passwd'),
      source('sudo', '1.8.31-1ubuntu1'),
      source('systemd', '245.4-4ubuntu3', 'systemd', 'libsystemd0'),
      source('tar', '1.30+dfsg-7'),
      source('xz-utils', '5.2.4-1', 'xz-utils', 'liblzma5'),
      source('zlib', '1:1.2.11.dfsg-2ubuntu1', 'zlib1g'),
    ],
    roles: {
      web: [source('apache2', '2.4.41-4ubuntu3', 'apache2', 'apache2-bin'), source('openssh', '1:8.2p1-4', ...sshd)],
      api: [source('nginx', '1.18.0-0ubuntu1', 'nginx', 'nginx-core'), source('openssh', '1:8.2p1-4', ...sshd)],
      db: [
        source('postgresql-12', '12.2-4', 'postgresql-12', 'postgresql-client-12'),
        source('openssh', '1:8.2p1-4', ...sshd),
      ],
      cache: [source('redis', '5:5.0.7-2', 'redis-server', 'redis-tools'), source('openssh', '1:8.2p1-4', ...sshd)],
      bastion: [source('openssh', '1:8.2p1-4', ...sshd)],
      build: [source('git', '1:2.25.1-1ubuntu3', 'git', 'git-man'), source('openssh', '1:8.2p1-4', ...sshd)],
    },
  },
  'ubuntu-22.04': {
    osvEcosystem: 'Ubuntu:22.04:LTS',
    osRelease: osRelease('ubuntu', '22.04', 'jammy', 'Ubuntu 22.04 LTS'),
    base: [
      source('bash', '5.1-6ubuntu1'),
      source('coreutils', '8.32-4.1ubuntu1'),
      source('curl', '7.81.0-1ubuntu1', 'curl', 'libcurl4'),
      source('dpkg', '1.21.1ubuntu2'),
      source('e2fsprogs', '1.46.5-2ubuntu1', 'e2fsprogs', 'libext2fs2'),
      source('expat', '2.4.7-1', 'libexpat1'),
      source('glibc', '2.35-0ubuntu3', 'libc6', 'libc-bin'),
      source('gnutls28', '3.7.3-4ubuntu1', 'libgnutls30'),
      source('gzip', '1.10-4ubuntu4'),
      source('krb5', '1.19.2-2', 'libkrb5-3', 'libgssapi-krb5-2'),
      source('libxml2', '2.9.13+dfsg-1build1'),
      source('ncurses', '6.3-2', 'ncurses-bin', 'libncursesw6'),
      source('nghttp2', '1.43.0-1build3', 'libnghttp2-14'),
      source('openssl', '3.0.2-0ubuntu1', 'openssl', 'libssl3'),
      source('shadow', '1:4.8.1-2ubuntu2', 'login', 'passwd'),
      source('sudo', '1.9.9-1ubuntu2'),
      source('systemd', '249.11-0ubuntu3', 'systemd', 'libsystemd0'),
      source('tar', '1.34+dfsg-1build3'),
      source('xz-utils', '5.2.5-2ubuntu1', 'xz-utils', 'liblzma5'),
      source('zlib', '1:1.2.11.dfsg-2ubuntu9', 'zlib1g'),
    ],
    roles: {
      web: [source('apache2', '2.4.52-1ubuntu4', 'apache2', 'apache2-bin'), source('openssh', '1:8.9p1-3', ...sshd)],
      api: [source('nginx', '1.18.0-6ubuntu14', 'nginx', 'nginx-core'), source('openssh', '1:8.9p1-3', ...sshd)],
      db: [
        source('postgresql-14', '14.2-1ubuntu1', 'postgresql-14', 'postgresql-client-14'),
        source('openssh', '1:8.9p1-3', ...sshd),
      ],
      cache: [source('openssh', '1:8.9p1-3', ...sshd)],
      bastion: [source('openssh', '1:8.9p1-3', ...sshd)],
      build: [source('git', '1:2.34.1-1ubuntu1', 'git', 'git-man'), source('openssh', '1:8.9p1-3', ...sshd)],
    },
  },
};
