import { ecosystems } from '../ecosystems/registry.ts';
import type { EcosystemId } from '../model/package.ts';

/** Packages of one server, and the ports at which it listens by default. */
export interface Listener {
  readonly name: string;
  /** Absent where it never listens over TCP, empty where it may and has no port of its own. */
  readonly tcp?: readonly number[];
  /** The same for UDP. */
  readonly udp?: readonly number[];
  /** Names of its packages: `#` stands for a version in a name, `*` at the end for any rest. */
  readonly packages: readonly string[];
}

/** A package as far as it matters who listens. */
export interface NamedPackage {
  readonly ecosystem: string;
  readonly name: string;
}

/**
 * Ports are those that IANA assigned to the service (https://www.iana.org/assignments/service-names-port-numbers) or that the
 * project's own configuration has; names are those of Debian, Ubuntu, Red Hat, Amazon Linux, SUSE and Alpine. Clients built
 * from the same source are in it. Libraries that other programs load are not: a flaw in them is reached at the ports of
 * whatever loads them.
 */
export const LISTENERS: readonly Listener[] = [
  {
    name: 'OpenSSH',
    tcp: [22],
    packages: [
      ...['openssh', 'openssh-server', 'openssh-server-common', 'openssh-server-pam', 'openssh-server-gssapi', 'ssh'],
      ...[
        'openssh-client',
        'openssh-clients',
        'openssh-client-default',
        'openssh-client-common',
        'openssh-client-gssapi',
      ],
      ...['openssh-sftp-server', 'openssh-keygen', 'openssh-common', 'openssh-helpers', 'openssh-keycat'],
      ...['openssh-askpass', 'ssh-askpass-gnome', 'openssh-tests'],
    ],
  },
  {
    name: 'nginx',
    tcp: [80, 443],
    udp: [443],
    packages: [
      ...['nginx', 'nginx-core', 'nginx-light', 'nginx-full', 'nginx-extras', 'nginx-common', 'nginx-filesystem'],
      ...['nginx-mimetypes', 'nginx-all-modules', 'nginx-mod-*', 'libnginx-mod-*'],
    ],
  },
  {
    name: 'Apache httpd',
    tcp: [80, 443],
    packages: [
      ...[
        'apache2',
        'apache2-bin',
        'apache2-data',
        'apache2-utils',
        'apache2-suexec-pristine',
        'apache2-suexec-custom',
      ],
      ...['apache2-prefork', 'apache2-worker', 'apache2-event', 'apache2-ssl', 'apache2-proxy', 'apache2-ldap'],
      ...['apache2-lua', 'apache2-http2', 'apache2-ctl', 'apache2-error', 'apache2-icons', 'mod_ssl', 'mod_ldap'],
      ...['mod_lua', 'mod_session', 'mod_proxy_html', 'mod_http2', 'httpd', 'httpd-core', 'httpd-filesystem'],
      ...['httpd-tools', 'httpd-manual', 'httpd#', 'httpd#-tools', 'mod#_ssl'],
    ],
  },
  {
    name: 'lighttpd',
    tcp: [80, 443],
    packages: ['lighttpd', 'lighttpd-mod-*', 'lighttpd-modules-*', 'lighttpd-filesystem'],
  },
  // It has no port of its own, and passes on those of HTTP most of all.
  { name: 'HAProxy', tcp: [80, 443], udp: [443], packages: ['haproxy', 'haproxy#'] },
  { name: 'Caddy', tcp: [80, 443], udp: [443], packages: ['caddy'] },
  {
    name: 'Squid',
    tcp: [3128],
    udp: [3130],
    packages: ['squid', 'squid#', 'squid-common', 'squid-openssl', 'squid-purge', 'squid-cgi', 'squidclient'],
  },
  {
    name: 'PostgreSQL',
    tcp: [5432],
    packages: [
      ...['postgresql', 'postgresql-#', 'postgresql#', 'postgresql-server', 'postgresql#-server'],
      ...[
        'postgresql-contrib',
        'postgresql-contrib-#',
        'postgresql#-contrib',
        'postgresql-client',
        'postgresql-client-#',
      ],
      ...['postgresql#-client', 'postgresql-common', 'postgresql-client-common', 'postgresql-upgrade'],
      ...['postgresql#-upgrade', 'postgresql-private-libs', 'postgresql#-private-libs', 'postgresql#-jit'],
      ...['postgresql-plperl', 'postgresql-plperl-#', 'postgresql-plpython#', 'postgresql-plpython#-#'],
      ...['postgresql-pltcl', 'postgresql-pltcl-#', 'postgresql-docs'],
    ],
  },
  {
    name: 'MySQL',
    tcp: [3306, 33_060],
    packages: [
      ...['mysql', 'mysql-#', 'mysql#', 'mysql-server', 'mysql-server-#', 'mysql#-server', 'mysql-server-core-#'],
      ...['mysql-client', 'mysql-client-#', 'mysql-client-core-#', 'mysql-common', 'mysql-errmsg'],
      ...['mysql-community-server', 'mysql-community-client', 'mysql-community-common'],
      ...['mysql-community-icu-data-files'],
    ],
  },
  {
    name: 'MariaDB',
    tcp: [3306],
    packages: [
      ...['mariadb', 'mariadb-#', 'mariadb#', 'mariadb-server', 'mariadb-server-#', 'mariadb#-server'],
      ...['mariadb-server-core', 'mariadb-server-core-#', 'mariadb-client', 'mariadb-client-#', 'mariadb-client-core'],
      ...['mariadb-client-core-#', 'mariadb-common', 'mariadb#-common', 'mariadb-backup', 'mariadb#-backup'],
      ...['mariadb-server-utils', 'mariadb#-server-utils', 'mariadb-server-galera', 'mariadb-errmsg'],
      ...['mariadb#-errmsg', 'mariadb-gssapi-server', 'mariadb#-gssapi-server', 'mariadb-cracklib-password-check'],
      ...['mariadb#-cracklib-password-check', 'mariadb-tools', 'mariadb-mytop', 'mariadb-plugin-*'],
    ],
  },
  {
    name: 'Redis',
    tcp: [6379, 16_379, 26_379],
    packages: ['redis', 'redis#', 'redis-server', 'redis-sentinel', 'redis-tools'],
  },
  {
    name: 'Valkey',
    tcp: [6379, 16_379, 26_379],
    packages: ['valkey', 'valkey-server', 'valkey-sentinel', 'valkey-tools', 'valkey-cli'],
  },
  { name: 'Memcached', tcp: [11_211], udp: [11_211], packages: ['memcached', 'memcached-selinux'] },
  {
    name: 'MongoDB',
    tcp: [27_017, 27_018, 27_019, 28_017],
    packages: [
      ...['mongodb', 'mongodb-server', 'mongodb-server-core', 'mongodb-clients', 'mongodb-org', 'mongodb-org-server'],
      ...['mongodb-org-mongos', 'mongodb-org-shell', 'mongodb-org-tools', 'mongodb-org-database'],
    ],
  },
  { name: 'Elasticsearch', tcp: [9200, 9300], packages: ['elasticsearch', 'elasticsearch-oss'] },
  { name: 'OpenSearch', tcp: [9200, 9300], packages: ['opensearch'] },
  { name: 'vsftpd', tcp: [21], packages: ['vsftpd'] },
  {
    name: 'ProFTPD',
    tcp: [21],
    packages: ['proftpd', 'proftpd-basic', 'proftpd-core', 'proftpd-utils', 'proftpd-mod-*'],
  },
  {
    name: 'Pure-FTPd',
    tcp: [21],
    packages: ['pure-ftpd', 'pure-ftpd-common', 'pure-ftpd-ldap', 'pure-ftpd-mysql', 'pure-ftpd-postgresql'],
  },
  {
    name: 'BIND',
    tcp: [53],
    udp: [53],
    packages: [
      ...['bind', 'bind#', 'bind-chroot', 'bind#-chroot', 'bind-utils', 'bind#-utils', 'bind#utils', 'bind-tools'],
      ...['bind-libs', 'bind#-libs', 'bind-libs-lite', 'bind-license', 'bind#-license', 'bind#-host', 'bind#-dnsutils'],
      ...['dnsutils', 'bind-dnssec-utils', 'bind#-dnssec-utils', 'bind-dnssec-tools', 'bind-dnssec-root'],
      ...['bind-plugins', 'bind-pkcs#', 'bind-pkcs#-libs', 'bind-pkcs#-utils', 'bind-sdb', 'python#-bind'],
    ],
  },
  {
    name: 'dnsmasq',
    tcp: [53],
    udp: [53, 67, 547],
    packages: ['dnsmasq', 'dnsmasq-base', 'dnsmasq-base-lua', 'dnsmasq-common', 'dnsmasq-dnssec', 'dnsmasq-utils'],
  },
  {
    name: 'Unbound',
    tcp: [53],
    udp: [53],
    packages: ['unbound', 'unbound-anchor', 'unbound-host', 'unbound-utils', 'unbound-munin'],
  },
  {
    name: 'Postfix',
    tcp: [25, 465, 587],
    packages: [
      ...[
        'postfix',
        'postfix-ldap',
        'postfix-mysql',
        'postfix-pgsql',
        'postfix-pcre',
        'postfix-sqlite',
        'postfix-lmdb',
      ],
      ...['postfix-cdb', 'postfix-bdb', 'postfix-perl-scripts'],
    ],
  },
  {
    name: 'Exim',
    tcp: [25, 465, 587],
    packages: [
      ...['exim', 'exim#', 'exim#-base', 'exim#-config', 'exim#-daemon-light', 'exim#-daemon-heavy', 'eximon#'],
      ...['exim-mysql', 'exim-pgsql', 'exim-mon'],
    ],
  },
  {
    name: 'Sendmail',
    tcp: [25, 465, 587],
    packages: ['sendmail', 'sendmail-bin', 'sendmail-base', 'sendmail-cf', 'sensible-mda', 'rmail'],
  },
  { name: 'Dovecot', tcp: [110, 143, 587, 993, 995, 4190], packages: ['dovecot', 'dovecot#', 'dovecot-*'] },
  {
    name: 'Samba',
    tcp: [139, 445],
    udp: [137, 138],
    packages: [
      ...['samba', 'samba-common', 'samba-common-bin', 'samba-common-tools', 'samba-client', 'smbclient'],
      ...['samba-vfs-modules', 'samba-dsdb-modules', 'samba-usershares', 'samba-server', 'samba-winbind', 'winbind'],
      ...['samba-winbind-clients', 'samba-winbind-modules'],
    ],
  },
  {
    name: 'NFS',
    tcp: [2049],
    udp: [2049],
    packages: ['nfs-utils', 'nfs-kernel-server', 'nfs-common'],
  },
  { name: 'rpcbind', tcp: [111], udp: [111], packages: ['rpcbind'] },
  // `openldap` is the library at Red Hat and the server at Alpine, so it is in no list.
  {
    name: 'OpenLDAP',
    tcp: [389, 636],
    packages: [
      ...['slapd', 'slapd-contrib', 'ldap-utils', 'openldap-servers', 'openldap-clients'],
      ...['openldap#', 'openldap#-client'],
    ],
  },
  {
    name: 'CUPS',
    tcp: [631],
    udp: [631],
    packages: [
      ...['cups', 'cups-daemon', 'cups-core-drivers', 'cups-common', 'cups-server-common', 'cups-client', 'cups-bsd'],
      ...['cups-ppdc', 'cups-ipp-utils', 'cups-filesystem', 'cups-browsed'],
    ],
  },
  { name: 'xrdp', tcp: [3389], packages: ['xrdp', 'xrdp-selinux'] },
  {
    name: 'VNC',
    tcp: [5900, 5901],
    packages: [
      ...['tigervnc', 'tigervnc-server', 'tigervnc-server-minimal', 'tigervnc-server-module', 'tigervnc-license'],
      ...['tigervnc-icons', 'tigervnc-selinux', 'tigervnc-standalone-server', 'tigervnc-scraping-server'],
      ...['tigervnc-xorg-extension', 'tigervnc-common', 'tigervnc-tools', 'tigervnc-viewer', 'tightvncserver'],
      ...['xtightvncviewer', 'turbovnc', 'x11vnc', 'vino'],
    ],
  },
  {
    name: 'Tomcat',
    tcp: [8009, 8080, 8443],
    packages: [
      ...['tomcat', 'tomcat#', 'tomcat-lib', 'tomcat#-lib', 'tomcat#-common', 'tomcat#-user', 'tomcat#-admin'],
      ...['tomcat#-examples', 'tomcat-webapps', 'tomcat#-webapps', 'tomcat-admin-webapps', 'tomcat#-admin-webapps'],
      ...['tomcat-servlet-#-api', 'tomcat#-servlet-#-api', 'tomcat-jsp-#-api', 'tomcat#-jsp-#-api'],
      ...['tomcat-el-#-api', 'tomcat#-el-#-api'],
    ],
  },
  { name: 'Jetty', tcp: [8080, 8443], packages: ['jetty#'] },
  { name: 'Kafka', tcp: [9092], packages: ['confluent-kafka', 'confluent-server'] },
  { name: 'Cassandra', tcp: [7000, 7001, 9042], packages: ['cassandra', 'cassandra-tools'] },
  { name: 'RabbitMQ', tcp: [5671, 5672, 25_672], packages: ['rabbitmq-server'] },
  { name: 'etcd', tcp: [2379, 2380], packages: ['etcd', 'etcd-server', 'etcd-client'] },
  { name: 'kubelet', tcp: [10_250], packages: ['kubelet'] },
  {
    name: 'telnetd',
    tcp: [23],
    packages: ['telnetd', 'telnetd-ssl', 'telnet-server', 'telnet', 'inetutils-telnetd', 'inetutils-telnet'],
  },
  {
    name: 'Net-SNMP',
    tcp: [],
    udp: [161, 162],
    packages: ['snmpd', 'snmptrapd', 'snmp', 'net-snmp', 'net-snmp-utils', 'net-snmp-tools', 'net-snmp-agent-libs'],
  },
  { name: 'rsync', tcp: [873], packages: ['rsync', 'rsync-daemon'] },
  {
    name: 'NTP',
    udp: [123],
    packages: ['ntp', 'ntpdate', 'ntp-perl', 'sntp', 'ntpsec', 'ntpsec-ntpdate', 'ntpsec-ntpdig'],
  },
  { name: 'chrony', tcp: [], udp: [123], packages: ['chrony'] },
  { name: 'OpenVPN', tcp: [1194], udp: [1194], packages: ['openvpn', 'openvpn-auth-pam'] },
  {
    name: 'strongSwan',
    udp: [500, 4500],
    packages: [
      ...['strongswan', 'strongswan-charon', 'strongswan-starter', 'strongswan-swanctl', 'strongswan-libcharon'],
      ...['strongswan-pki', 'strongswan-nm', 'strongswan-charon-nm', 'strongswan-libipsec', 'strongswan-sqlite'],
      ...['strongswan-ipsec', 'charon-systemd', 'charon-cmd', 'libstrongswan', 'libstrongswan-standard-plugins'],
      ...['libstrongswan-extra-plugins', 'libcharon-extra-plugins', 'libcharon-extauth-plugins'],
    ],
  },
];

const BY_NAME: ReadonlyMap<string, Listener> = new Map(
  LISTENERS.flatMap((listener) =>
    listener.packages.filter((name) => !name.endsWith('*')).map((name) => [name, listener] as const),
  ),
);
const BY_BEGINNING: readonly (readonly [beginning: string, Listener])[] = LISTENERS.flatMap((listener) =>
  listener.packages.filter((name) => name.endsWith('*')).map((name) => [name.slice(0, -1), listener] as const),
);

const VERSION = /\d+(?:\.\d+)*/g;
/** Packages that have texts and start scripts alone, at Alpine. */
const ASIDE = /-(?:doc|openrc)$/;

/** The server that all of some packages belong to. Null where one is of another, or of none that is known. */
export function listenerOf(packages: readonly NamedPackage[]): Listener | null {
  const [first, ...rest] = packages;
  const listener = first === undefined ? null : listenerOfOne(first);
  return listener !== null && rest.every((one) => listenerOfOne(one) === listener) ? listener : null;
}

/** What a language's registry has under the name of a server is a client of it, or something else. */
function listenerOfOne({ ecosystem, name }: NamedPackage): Listener | null {
  if (ecosystems[ecosystem as EcosystemId]?.family !== 'os') return null;
  const plain = name.replace(ASIDE, '');
  return (
    BY_NAME.get(plain) ??
    BY_NAME.get(plain.replace(VERSION, '#')) ??
    BY_BEGINNING.find(([beginning]) => plain.startsWith(beginning))?.[1] ??
    null
  );
}
