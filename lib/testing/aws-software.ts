import type { TestSoftware } from './moto-server.ts';

/** Packages of Amazon Linux 2023 as its first repository had them: name, version, release, source. */
const AMAZON: readonly (readonly [name: string, version: string, release: string, source?: string])[] = [
  ['bash', '5.2.15', '1.amzn2023.0.2'],
  ['ca-certificates', '2023.2.60', '1.0.amzn2023.0.2'],
  ['coreutils-single', '8.32', '30.amzn2023.0.2', 'coreutils'],
  ['curl-minimal', '8.0.1', '1.amzn2023', 'curl'],
  ['libcurl-minimal', '8.0.1', '1.amzn2023', 'curl'],
  ['expat', '2.5.0', '1.amzn2023.0.2'],
  ['file-libs', '5.39', '7.amzn2023.0.4', 'file'],
  ['glib2', '2.74.7', '688.amzn2023.0.1'],
  ['glibc', '2.34', '52.amzn2023.0.2'],
  ['glibc-common', '2.34', '52.amzn2023.0.2', 'glibc'],
  ['gnupg2-minimal', '2.3.7', '1.amzn2023.0.3', 'gnupg2'],
  ['krb5-libs', '1.20.1', '8.amzn2023.0.3', 'krb5'],
  ['libarchive', '3.5.3', '2.amzn2023.0.3'],
  ['libcap', '2.48', '2.amzn2023.0.3'],
  ['libgcc', '11.3.1', '4.amzn2023.0.2', 'gcc'],
  ['libnghttp2', '1.51.0', '1.amzn2023', 'nghttp2'],
  ['libpsl', '0.21.1', '3.amzn2023.0.2'],
  ['libxml2', '2.10.3', '2.amzn2023.0.1'],
  ['ncurses-libs', '6.2', '4.20200222.amzn2023.0.3', 'ncurses'],
  ['openldap', '2.4.57', '6.amzn2023.0.4'],
  ['openssh', '8.7p1', '8.amzn2023.0.3'],
  ['openssh-server', '8.7p1', '8.amzn2023.0.3', 'openssh'],
  ['openssl', '3.0.8', '1.amzn2023.0.1'],
  ['openssl-libs', '3.0.8', '1.amzn2023.0.1', 'openssl'],
  ['python3', '3.9.16', '1.amzn2023.0.3', 'python3.9'],
  ['python3-libs', '3.9.16', '1.amzn2023.0.3', 'python3.9'],
  ['sqlite-libs', '3.40.0', '1.amzn2023.0.2', 'sqlite'],
  ['sudo', '1.9.12', '1.p2.amzn2023.0.2'],
  ['systemd', '252.4', '1161.amzn2023.0.2'],
  ['tzdata', '2023c', '1.amzn2023.0.1'],
  ['zlib', '1.2.11', '33.amzn2023.0.4'],
];

/** The inventory of an Amazon Linux machine, as SSM's agent tells it. */
export function amazonSoftware(at: Date): TestSoftware {
  return {
    name: 'Amazon Linux',
    version: '2023',
    at: Math.floor(at.getTime() / 1_000),
    captured: at.toISOString(),
    types: {
      'AWS:Application': AMAZON.map(([Name, Version, Release, source = Name]) => ({
        Name,
        Version,
        Release,
        Epoch: Name.startsWith('openssl') ? '1' : '0',
        Architecture: 'x86_64',
        ApplicationType: 'Unspecified',
        PackageId: `${source}-${Version}-${Release}.src.rpm`,
        Publisher: 'Amazon Linux',
      })),
    },
  };
}

/** That of an Ubuntu machine: dpkg's own versions, and no source. */
export function ubuntuSoftware(at: Date): TestSoftware {
  const packages = [
    ['bash', '5.1-6ubuntu1'],
    ['libssl3', '3.0.2-0ubuntu1'],
    ['openssl', '3.0.2-0ubuntu1'],
    ['curl', '7.81.0-1'],
    ['zlib1g', '1:1.2.11.dfsg-2ubuntu9'],
  ];
  return {
    name: 'Ubuntu',
    version: '22.04',
    at: Math.floor(at.getTime() / 1_000),
    captured: at.toISOString(),
    types: {
      'AWS:Application': packages.map(([Name = '', Version = '']) => ({
        Name,
        Version,
        Architecture: 'x86_64',
        ApplicationType: 'admin',
        PackageId: `${Name}_${Version}_amd64.deb`,
      })),
    },
  };
}
