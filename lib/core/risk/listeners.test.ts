import { describe, expect, it } from 'vitest';
import { LISTENER_BEGINNINGS, LISTENERS, type Listener, listenerOf, listenersAt } from './listeners.ts';

const namesOf = ({ servers, rest = [] }: Listener): readonly string[] => [...servers, ...rest];

const of = (ecosystem: string, ...names: readonly string[]): string | null =>
  listenerOf(names.map((name) => ({ ecosystem, name })))?.name ?? null;

describe('the server that packages belong to', () => {
  it.each([
    ['ubuntu', ['openssh-server', 'openssh-client', 'openssh-sftp-server'], 'OpenSSH'],
    ['amazon', ['openssh', 'openssh-clients', 'openssh-server'], 'OpenSSH'],
    ['alpine', ['openssh-server-common', 'openssh-keygen', 'openssh-client-default', 'openssh-doc'], 'OpenSSH'],
    ['debian', ['nginx', 'nginx-common', 'libnginx-mod-http-geoip2'], 'nginx'],
    ['amazon', ['nginx', 'nginx-core', 'nginx-filesystem', 'nginx-mimetypes'], 'nginx'],
    ['debian', ['apache2', 'apache2-bin', 'apache2-data', 'apache2-utils'], 'Apache httpd'],
    ['redhat', ['httpd', 'httpd-core', 'httpd-tools', 'mod_ssl'], 'Apache httpd'],
    ['amazon', ['httpd24', 'httpd24-tools', 'mod24_ssl'], 'Apache httpd'],
    ['debian', ['postgresql-15', 'postgresql-client-15'], 'PostgreSQL'],
    ['ubuntu', ['postgresql-plpython3-16', 'postgresql-9.6'], 'PostgreSQL'],
    ['amazon', ['postgresql15', 'postgresql15-server', 'postgresql15-private-libs'], 'PostgreSQL'],
    ['ubuntu', ['mysql-server-8.0', 'mysql-server-core-8.0', 'mysql-client-8.0'], 'MySQL'],
    ['amazon', ['mariadb105-server', 'mariadb105', 'mariadb105-errmsg'], 'MariaDB'],
    ['ubuntu', ['bind9', 'bind9-host', 'bind9-dnsutils', 'bind9-libs', 'bind9-utils'], 'BIND'],
    ['redhat', ['bind9.16', 'bind9.16-libs', 'bind9.16-license'], 'BIND'],
    ['debian', ['exim4', 'exim4-base', 'exim4-daemon-light'], 'Exim'],
    ['debian', ['tomcat10', 'tomcat10-common'], 'Tomcat'],
    ['redhat', ['tomcat', 'tomcat-lib', 'tomcat-servlet-4.0-api'], 'Tomcat'],
  ])('of %s %j is %s', (ecosystem, names, name) => {
    expect(of(ecosystem, ...names)).toBe(name);
  });

  it.each([
    ['what nobody knows', 'debian', ['bash']],
    ['none', 'debian', []],
    ['two servers', 'debian', ['nginx', 'apache2']],
    ['one with a library that other programs load', 'debian', ['slapd', 'libldap-2.5-0']],
    ['one with a library that other programs load', 'debian', ['postgresql-15', 'libpq5']],
    ['a client of the same name from a registry of a language', 'npm', ['redis']],
    ['a name that every object has', 'constructor', ['nginx']],
  ])('is not known of %s', (_, ecosystem, names) => {
    expect(of(ecosystem, ...names)).toBeNull();
  });

  it('is not known where one package is of a language', () => {
    const packages = [
      { ecosystem: 'debian', name: 'redis-server' },
      { ecosystem: 'npm', name: 'redis' },
    ];
    expect(listenerOf(packages)).toBeNull();
  });
});

describe('the list of servers', () => {
  it('has every name once, and every server a name and a protocol of its own', () => {
    const names = LISTENERS.flatMap(namesOf);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    expect(new Set(LISTENERS.map(({ name }) => name)).size).toBe(LISTENERS.length);
    expect(LISTENERS.filter(({ tcp, udp }) => (tcp ?? udp) === undefined)).toEqual([]);
  });

  it('finds every name of its own by the way that names are looked up', () => {
    for (const listener of LISTENERS) {
      const { name } = listener;
      for (const own of namesOf(listener))
        expect(of('debian', own.replaceAll('#', '12.3').replace('*', 'x')), own).toBe(name);
    }
  });

  it('has beginnings that any name has, whatever its version', () => {
    for (const name of LISTENERS.flatMap(namesOf)) {
      expect(LISTENER_BEGINNINGS, name).toContain(name.replaceAll('#', '12').replace('*', 'x').slice(0, 3));
    }
    expect(LISTENER_BEGINNINGS.filter((one) => !/^[a-z0-9]+$/.test(one))).toEqual([]);
  });

  it('has only ports, ascending', () => {
    for (const { name, tcp = [], udp = [] } of LISTENERS) {
      for (const ports of [tcp, udp]) {
        expect(ports, name).toEqual([...new Set(ports)].toSorted((a, b) => a - b));
        expect(ports.filter((port) => !Number.isInteger(port) || port < 1 || port > 65_535)).toEqual([]);
      }
    }
  });
});

it('servers are known by the ports that are theirs', () => {
  const at = (...[protocol, begin, end]: Parameters<typeof listenersAt>) =>
    listenersAt(protocol, begin, end).map(({ listener, ports }) => [listener.name, ...ports]);
  expect(at('tcp', 22, 22)).toEqual([['OpenSSH', 22]]);
  expect(at('udp', 22, 22)).toEqual([]);
  expect(at('tcp', 100, 150)).toEqual([
    ['Dovecot', 110, 143],
    ['Samba', 139],
    ['rpcbind', 111],
  ]);
});
