import { ecosystems } from '../ecosystems/registry.ts';
import type { EcosystemId } from '../model/package.ts';

/** Packages of one server, and the ports at which it listens by default. */
export interface Listener {
  readonly name: string;
  /** Absent where it never listens over TCP, empty where it may and has no port of its own. */
  readonly tcp?: readonly number[];
  /** The same for UDP. */
  readonly udp?: readonly number[];
  /** Names of the packages with what listens: `#` stands for a version in a name. */
  readonly servers: readonly string[];
  /** Names of its other packages; `*` at the end stands for any end. */
  readonly rest?: readonly string[];
}

/** A package as far as it matters who listens. */
export interface NamedPackage {
  readonly ecosystem: string;
  readonly name: string;
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

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
    servers: words('openssh-server openssh-server-pam'),
    rest: words(`
      openssh openssh-server-common openssh-server-gssapi ssh openssh-client openssh-clients
      openssh-client-default openssh-client-common openssh-client-gssapi openssh-sftp-server openssh-keygen
      openssh-common openssh-helpers openssh-keycat openssh-askpass ssh-askpass-gnome openssh-tests`),
  },
  {
    name: 'nginx',
    tcp: [80, 443],
    udp: [443],
    servers: words('nginx nginx-core nginx-light nginx-full nginx-extras'),
    rest: words(`
      nginx-common nginx-filesystem nginx-mimetypes nginx-all-modules nginx-mod-* libnginx-mod-*`),
  },
  {
    name: 'Apache httpd',
    tcp: [80, 443],
    servers: words('apache2 apache2-bin apache2-prefork apache2-worker apache2-event httpd httpd-core httpd#'),
    rest: words(`
      apache2-data apache2-utils apache2-suexec-pristine apache2-suexec-custom apache2-ssl apache2-proxy
      apache2-ldap apache2-lua apache2-http2 apache2-ctl apache2-error apache2-icons mod_ssl mod_ldap
      mod_lua mod_session mod_proxy_html mod_http2 httpd-filesystem httpd-tools httpd-manual httpd#-tools
      mod#_ssl`),
  },
  {
    name: 'lighttpd',
    tcp: [80, 443],
    servers: words('lighttpd'),
    rest: words('lighttpd-mod-* lighttpd-modules-* lighttpd-filesystem'),
  },
  // It has no port of its own, and passes on those of HTTP most of all.
  { name: 'HAProxy', tcp: [80, 443], udp: [443], servers: words('haproxy haproxy#') },
  { name: 'Caddy', tcp: [80, 443], udp: [443], servers: words('caddy') },
  {
    name: 'Squid',
    tcp: [3128],
    udp: [3130],
    servers: words('squid squid# squid-openssl'),
    rest: words('squid-common squid-purge squid-cgi squidclient'),
  },
  {
    name: 'PostgreSQL',
    tcp: [5432],
    servers: words('postgresql-# postgresql# postgresql-server postgresql#-server'),
    rest: words(`
      postgresql postgresql-contrib postgresql-contrib-# postgresql#-contrib postgresql-client
      postgresql-client-# postgresql#-client postgresql-common postgresql-client-common postgresql-upgrade
      postgresql#-upgrade postgresql-private-libs postgresql#-private-libs postgresql#-jit
      postgresql-plperl postgresql-plperl-# postgresql-plpython# postgresql-plpython#-# postgresql-pltcl
      postgresql-pltcl-# postgresql-docs`),
  },
  {
    name: 'MySQL',
    tcp: [3306, 33_060],
    servers: words('mysql-server mysql#-server mysql-server-core-# mysql-community-server'),
    rest: words(`
      mysql mysql-# mysql# mysql-server-# mysql-client mysql-client-# mysql-client-core-# mysql-common
      mysql-errmsg mysql-community-client mysql-community-common mysql-community-icu-data-files`),
  },
  {
    name: 'MariaDB',
    tcp: [3306],
    servers: words('mariadb-server mariadb#-server mariadb-server-core mariadb-server-core-#'),
    rest: words(`
      mariadb mariadb-# mariadb# mariadb-server-# mariadb-client mariadb-client-# mariadb-client-core
      mariadb-client-core-# mariadb-common mariadb#-common mariadb-backup mariadb#-backup
      mariadb-server-utils mariadb#-server-utils mariadb-server-galera mariadb-errmsg mariadb#-errmsg
      mariadb-gssapi-server mariadb#-gssapi-server mariadb-cracklib-password-check
      mariadb#-cracklib-password-check mariadb-tools mariadb-mytop mariadb-plugin-*`),
  },
  {
    name: 'Redis',
    tcp: [6379, 16_379, 26_379],
    servers: words('redis redis# redis-server redis-sentinel'),
    rest: words('redis-tools'),
  },
  {
    name: 'Valkey',
    tcp: [6379, 16_379, 26_379],
    servers: words('valkey valkey-server valkey-sentinel'),
    rest: words('valkey-tools valkey-cli'),
  },
  { name: 'Memcached', tcp: [11_211], udp: [11_211], servers: words('memcached'), rest: words('memcached-selinux') },
  {
    name: 'MongoDB',
    tcp: [27_017, 27_018, 27_019, 28_017],
    servers: words('mongodb mongodb-server mongodb-server-core mongodb-org-server mongodb-org-mongos'),
    rest: words('mongodb-clients mongodb-org mongodb-org-shell mongodb-org-tools mongodb-org-database'),
  },
  { name: 'Elasticsearch', tcp: [9200, 9300], servers: words('elasticsearch elasticsearch-oss') },
  { name: 'OpenSearch', tcp: [9200, 9300], servers: words('opensearch') },
  { name: 'vsftpd', tcp: [21], servers: words('vsftpd') },
  {
    name: 'ProFTPD',
    tcp: [21],
    servers: words('proftpd proftpd-basic proftpd-core'),
    rest: words('proftpd-utils proftpd-mod-*'),
  },
  {
    name: 'Pure-FTPd',
    tcp: [21],
    servers: words('pure-ftpd pure-ftpd-ldap pure-ftpd-mysql pure-ftpd-postgresql'),
    rest: words('pure-ftpd-common'),
  },
  {
    name: 'BIND',
    tcp: [53],
    udp: [53],
    servers: words('bind bind#'),
    rest: words(`
      bind-chroot bind#-chroot bind-utils bind#-utils bind#utils bind-tools bind-libs bind#-libs
      bind-libs-lite bind-license bind#-license bind#-host bind#-dnsutils dnsutils bind-dnssec-utils
      bind#-dnssec-utils bind-dnssec-tools bind-dnssec-root bind-plugins bind-pkcs# bind-pkcs#-libs
      bind-pkcs#-utils bind-sdb python#-bind`),
  },
  {
    name: 'dnsmasq',
    tcp: [53],
    udp: [53, 67, 547],
    servers: words('dnsmasq dnsmasq-base dnsmasq-base-lua dnsmasq-dnssec'),
    rest: words('dnsmasq-common dnsmasq-utils'),
  },
  {
    name: 'Unbound',
    tcp: [53],
    udp: [53],
    servers: words('unbound'),
    rest: words('unbound-anchor unbound-host unbound-utils unbound-munin'),
  },
  {
    name: 'Postfix',
    tcp: [25, 465, 587],
    servers: words('postfix'),
    rest: words(`
      postfix-ldap postfix-mysql postfix-pgsql postfix-pcre postfix-sqlite postfix-lmdb postfix-cdb
      postfix-bdb postfix-perl-scripts`),
  },
  {
    name: 'Exim',
    tcp: [25, 465, 587],
    servers: words('exim exim#-daemon-light exim#-daemon-heavy'),
    rest: words('exim# exim#-base exim#-config eximon# exim-mysql exim-pgsql exim-mon'),
  },
  {
    name: 'Sendmail',
    tcp: [25, 465, 587],
    servers: words('sendmail sendmail-bin'),
    rest: words('sendmail-base sendmail-cf sensible-mda rmail'),
  },
  {
    name: 'Dovecot',
    tcp: [110, 143, 587, 993, 995, 4190],
    servers: words('dovecot dovecot# dovecot-core'),
    rest: words('dovecot-*'),
  },
  {
    name: 'Samba',
    tcp: [139, 445],
    udp: [137, 138],
    servers: words('samba samba-server'),
    rest: words(`
      samba-common samba-common-bin samba-common-tools samba-client smbclient samba-vfs-modules
      samba-dsdb-modules samba-usershares samba-winbind winbind samba-winbind-clients samba-winbind-modules`),
  },
  {
    name: 'NFS',
    tcp: [2049],
    udp: [2049],
    servers: words('nfs-utils nfs-kernel-server'),
    rest: words('nfs-common'),
  },
  { name: 'rpcbind', tcp: [111], udp: [111], servers: words('rpcbind') },
  // `openldap` is the library at Red Hat and the server at Alpine, so it is in no list.
  {
    name: 'OpenLDAP',
    tcp: [389, 636],
    servers: words('slapd openldap-servers openldap#'),
    rest: words('slapd-contrib ldap-utils openldap-clients openldap#-client'),
  },
  {
    name: 'CUPS',
    tcp: [631],
    udp: [631],
    servers: words('cups cups-daemon cups-browsed'),
    rest: words(`
      cups-core-drivers cups-common cups-server-common cups-client cups-bsd cups-ppdc cups-ipp-utils
      cups-filesystem`),
  },
  { name: 'xrdp', tcp: [3389], servers: words('xrdp'), rest: words('xrdp-selinux') },
  {
    name: 'VNC',
    tcp: [5900, 5901],
    servers: words(`
      tigervnc-server tigervnc-server-minimal tigervnc-server-module tigervnc-standalone-server
      tigervnc-scraping-server tigervnc-xorg-extension tightvncserver turbovnc x11vnc vino`),
    rest: words(`
      tigervnc tigervnc-license tigervnc-icons tigervnc-selinux tigervnc-common tigervnc-tools
      tigervnc-viewer xtightvncviewer`),
  },
  {
    name: 'Tomcat',
    tcp: [8009, 8080, 8443],
    servers: words('tomcat tomcat#'),
    rest: words(`
      tomcat-lib tomcat#-lib tomcat#-common tomcat#-user tomcat#-admin tomcat#-examples tomcat-webapps
      tomcat#-webapps tomcat-admin-webapps tomcat#-admin-webapps tomcat-servlet-#-api tomcat#-servlet-#-api
      tomcat-jsp-#-api tomcat#-jsp-#-api tomcat-el-#-api tomcat#-el-#-api`),
  },
  { name: 'Jetty', tcp: [8080, 8443], servers: words('jetty#') },
  { name: 'Kafka', tcp: [9092], servers: words('confluent-kafka confluent-server') },
  { name: 'Cassandra', tcp: [7000, 7001, 9042], servers: words('cassandra'), rest: words('cassandra-tools') },
  { name: 'RabbitMQ', tcp: [5671, 5672, 25_672], servers: words('rabbitmq-server') },
  { name: 'etcd', tcp: [2379, 2380], servers: words('etcd etcd-server'), rest: words('etcd-client') },
  { name: 'kubelet', tcp: [10_250], servers: words('kubelet') },
  {
    name: 'telnetd',
    tcp: [23],
    servers: words('telnetd telnetd-ssl telnet-server inetutils-telnetd'),
    rest: words('telnet inetutils-telnet'),
  },
  {
    name: 'Net-SNMP',
    tcp: [],
    udp: [161, 162],
    servers: words('snmpd snmptrapd net-snmp'),
    rest: words('snmp net-snmp-utils net-snmp-tools net-snmp-agent-libs'),
  },
  { name: 'rsync', tcp: [873], servers: words('rsync rsync-daemon') },
  {
    name: 'NTP',
    udp: [123],
    servers: words('ntp ntpsec'),
    rest: words('ntpdate ntp-perl sntp ntpsec-ntpdate ntpsec-ntpdig'),
  },
  { name: 'chrony', tcp: [], udp: [123], servers: words('chrony') },
  { name: 'OpenVPN', tcp: [1194], udp: [1194], servers: words('openvpn'), rest: words('openvpn-auth-pam') },
  {
    name: 'strongSwan',
    udp: [500, 4500],
    servers: words('strongswan-charon strongswan-starter charon-systemd strongswan strongswan-ipsec'),
    rest: words(`
      strongswan-swanctl strongswan-libcharon strongswan-pki strongswan-nm strongswan-charon-nm
      strongswan-libipsec strongswan-sqlite charon-cmd libstrongswan libstrongswan-standard-plugins
      libstrongswan-extra-plugins libcharon-extra-plugins libcharon-extauth-plugins`),
  },
];

const NAMES: readonly (readonly [name: string, Listener])[] = LISTENERS.flatMap((listener) =>
  [...listener.servers, ...(listener.rest ?? [])].map((name) => [name, listener] as const),
);
const BY_NAME: ReadonlyMap<string, Listener> = new Map(NAMES);
const BY_BEGINNING = NAMES.filter(([name]) => name.endsWith('*')).map(
  ([name, listener]) => [name.slice(0, -1), listener] as const,
);

/** The first three letters of all those names: a package that begins otherwise is of no server. */
export const LISTENER_BEGINNINGS: readonly string[] = [...new Set(NAMES.map(([name]) => name.slice(0, 3)))].toSorted();

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

/** Servers that listen by default at one of some ports, with those ports. */
export function listenersAt(
  protocol: 'tcp' | 'udp',
  begin: number,
  end: number,
): readonly { readonly listener: Listener; readonly ports: readonly number[] }[] {
  return LISTENERS.map((listener) => ({
    listener,
    ports: (listener[protocol] ?? []).filter((port) => begin <= port && port <= end),
  })).filter(({ ports }) => ports.length > 0);
}
