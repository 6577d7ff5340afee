/** How a program that belongs to no package is recognised by a text that its makers compiled into it. */
export interface BinaryRule {
  /** The name under which Bitnami's advisories speak of it, where they do. */
  readonly name: string;
  /** The file's name without its folder. A group, where there is one, is the first part of the version. */
  readonly file: RegExp;
  /** What stands before the version; `\0` is the end of the text before. `%` stands for the group of the file's name. */
  readonly before: string;
  /** The version and what must follow it, from there on. Sticky, without nested repetition: time grows with the text alone. */
  readonly version: RegExp;
  /** `medium` where the text names the program, `low` where it is only a number of the right form. */
  readonly confidence: 'medium' | 'low';
}

const THREE = /([0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4})(?![0-9.])/y;

/** Texts were read from the builds of Debian 12 and of the projects themselves. */
export const BINARY_RULES: readonly BinaryRule[] = [
  {
    name: 'node',
    file: /^node(?:js)?$|^libnode\.so/,
    before: 'https://nodejs.org/download/release/v',
    version: THREE,
    confidence: 'medium',
  },
  {
    name: 'python',
    file: /^(?:lib)?python([23]\.[0-9]{1,2})m?(?:\.so(?:\.[0-9.]+)?)?$/,
    before: '\0%.',
    version: /([0-9]{1,3}(?:(?:a|b|rc)[0-9]{1,2})?)\+?\0/y,
    confidence: 'medium',
  },
  {
    name: 'openssl',
    file: /^openssl$|^lib(?:ssl|crypto)\.so/,
    before: 'OpenSSL ',
    version: /([0-9]\.[0-9]{1,2}\.[0-9]{1,2}[a-z]{0,2})(?:-[a-z0-9]{1,12})? {1,4}[0-9]{1,2} [A-Z][a-z]{2} [0-9]{4}/y,
    confidence: 'medium',
  },
  { name: 'nginx', file: /^nginx(?:-debug)?$/, before: 'nginx version: nginx/', version: THREE, confidence: 'medium' },
  {
    name: 'openresty',
    file: /^(?:nginx|openresty)$/,
    before: 'nginx version: openresty/',
    version: /([0-9]{1,4}(?:\.[0-9]{1,4}){3})(?![0-9.])/y,
    confidence: 'medium',
  },
  { name: 'busybox', file: /^busybox$/, before: 'BusyBox v', version: THREE, confidence: 'medium' },
  { name: 'apache', file: /^(?:httpd|apache2)$/, before: 'Apache/', version: THREE, confidence: 'medium' },
  {
    name: 'haproxy',
    file: /^haproxy$/,
    before: ' version ',
    version: /([0-9]\.[0-9]{1,2}\.[0-9]{1,3})[^,\0]{0,40}, released 20[0-9]{2}\//y,
    confidence: 'medium',
  },
  { name: 'memcached', file: /^memcached$/, before: '\0memcached ', version: THREE, confidence: 'medium' },
  {
    name: 'postgresql',
    file: /^postgres$/,
    before: 'postgres (PostgreSQL) ',
    version: /([0-9]{1,2}\.[0-9]{1,3}(?:\.[0-9]{1,3})?)(?![0-9.])/y,
    confidence: 'medium',
  },
  {
    name: 'mariadb',
    file: /^(?:mariadbd|mysqld)$/,
    before: '\0',
    version: /([0-9]{1,2}\.[0-9]{1,2}\.[0-9]{1,3})-MariaDB/y,
    confidence: 'medium',
  },
  {
    name: 'php',
    file: /^php(?:-fpm|-cgi|-cli)?[0-9.]*$|^libphp[0-9.]*\.so$/,
    before: 'X-Powered-By: PHP/',
    version: THREE,
    confidence: 'medium',
  },
  {
    name: 'ruby',
    file: /^ruby[0-9.]*$|^libruby[0-9.-]*\.so/,
    before: '\0ruby ',
    version: /([0-9]{1,2}\.[0-9]{1,2}\.[0-9]{1,2})(?:p[0-9]{1,4}|(?:dev|preview[0-9]|rc[0-9]))? \(20/y,
    confidence: 'medium',
  },
  {
    name: 'perl',
    file: /^perl[0-9.]*$|^libperl\.so/,
    before: '\0v',
    version: /(5\.[0-9]{1,2}\.[0-9]{1,2})\0/y,
    confidence: 'low',
  },
  {
    name: 'lua',
    file: /^lua[0-9.]*$|^liblua[0-9.-]*\.so/,
    before: '$LuaVersion: Lua ',
    version: THREE,
    confidence: 'medium',
  },
  { name: 'curl', file: /^curl$/, before: '\0curl ', version: THREE, confidence: 'medium' },
  { name: 'curl', file: /^libcurl(?:-gnutls|-nss)?\.so/, before: 'libcurl/', version: THREE, confidence: 'medium' },
  { name: 'bash', file: /^bash$/, before: '@(#)Bash version ', version: THREE, confidence: 'medium' },
  {
    name: 'git',
    file: /^git$/,
    before: 'git/',
    version: /([0-9]{1,2}\.[0-9]{1,3}\.[0-9]{1,3})\0/y,
    confidence: 'medium',
  },
  {
    name: 'redis',
    file: /^redis-(?:server|sentinel|check-rdb|check-aof)$/,
    before: '\0',
    version: /([2-9]\.[0-9]{1,2}\.[0-9]{1,3})\0/y,
    confidence: 'low',
  },
  {
    name: 'valkey',
    file: /^valkey-(?:server|sentinel|check-rdb|check-aof)$/,
    before: '\0',
    version: /([7-9]\.[0-9]{1,2}\.[0-9]{1,3})\0/y,
    confidence: 'low',
  },
];

/** Words of which one is part of the name of a distribution's package of the program. */
export const OWNER_WORDS: Readonly<Record<string, readonly string[]>> = {
  apache: ['apache2', 'httpd'],
  curl: ['curl'],
  dotnet: ['dotnet', 'aspnetcore'],
  java: ['openjdk', 'java', 'jdk', 'jre'],
  node: ['node'],
  openssl: ['openssl', 'libssl', 'libcrypto'],
  postgresql: ['postgres'],
  mariadb: ['mariadb', 'mysql'],
};
