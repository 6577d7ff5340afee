import { afterEach, describe, expect, it } from 'vitest';
import { type HostFiles, type HostRoot, openHostRoot } from '../../testing/host-tree.ts';
import type { Inventory } from '../model/inventory.ts';
import { collectSsmCommand } from './ssm-command.ts';

const { signal } = new AbortController();
const roots: HostRoot[] = [];

afterEach(() => {
  for (const root of roots.splice(0)) root.remove();
});

/** What the command finds on a host whose rpm is another program. */
async function inventoryWith(program: string): Promise<Inventory> {
  const host = openHostRoot(RPM_HOST);
  roots.push(host);
  host.program('rpm', program);
  const result = await host.run();
  if (result.kind === 'failed') throw new Error(result.message);
  return collectSsmCommand(result.base64, signal);
}

const RPM_HOST: HostFiles = {
  'etc/os-release': 'ID="rhel"\nVERSION_ID="9.4"\n',
  'var/lib/rpm/rpmdb.sqlite': 'x',
  'usr/lib/python3.9/site-packages/six.dist-info/METADATA': 'Name: six\nVersion: 1.15.0\n\n',
  'opt/vendor/own.dist-info/METADATA': 'Name: own\nVersion: 1.0\n\n',
};
const PACKAGES = [
  'openssl\t1\t3.0.7\t27.el9\tx86_64\topenssl-3.0.7-27.el9.src.rpm\tRed Hat, Inc.',
  'python3-six\t(none)\t1.15.0\t9.el9\tnoarch\tpython-six-1.15.0-9.el9.src.rpm\tRed Hat, Inc.',
  'nodejs\t1\t16.20.2\t4.module\tx86_64\tnodejs-16.20.2-4.module.src.rpm\tRed Hat, Inc.',
  'agent\t(none)\t2.0\t1\tx86_64\t(none)\tVendor',
  'gpg-pubkey\t(none)\tfd431d51\t4ae0493b\t(none)\t(none)\t(none)',
];

/** Answers as rpm does. `knowsModules`: rpm before 4.15 ends at a tag that it does not know. */
function rpmProgram(knowsModules: boolean): string {
  const lines = PACKAGES.map((line) => {
    const module = line.startsWith('nodejs') ? 'nodejs:16:9030020230823:abc' : '(none)';
    return `printf 'rpm\\t%s\\t%s\\n' '${line}' '${knowsModules ? module : '(none)'}'`;
  });
  return `[ "$1 $2" = "--dbpath $R/var/lib/rpm" ] || exit 9
case "$*" in
*FILENAMES*) printf 'Red Hat, Inc.\\t/usr/lib/python3.9/site-packages/six.dist-info/METADATA\\nVendor\\t/opt/vendor/own.dist-info/METADATA\\n' ;;
*MODULARITYLABEL*) ${knowsModules ? lines.join('; ') : 'echo "error: incorrect format: unknown tag" >&2; exit 1'} ;;
*) ${lines.join('; ')} ;;
esac`;
}

describe('a host of rpm', () => {
  it.each([
    ['of today', true],
    ['of old', false],
  ])('%s is asked, with the files that packages of the distribution own', async (_age, knowsModules) => {
    const inventory = await inventoryWith(rpmProgram(knowsModules));

    expect(inventory.outcome).toBe('complete');
    expect(inventory.packages.map(({ name, version, sourceName }) => [name, version, sourceName])).toEqual([
      ['own', '1.0', null],
      ['agent', '2.0-1', null],
      ['nodejs', '1:16.20.2-4.module', 'nodejs'],
      ['openssl', '1:3.0.7-27.el9', 'openssl'],
      ['python3-six', '1.15.0-9.el9', 'python-six'],
    ]);
    const modules = inventory.packages.filter(({ purl }) => purl.includes('rpmmod=nodejs%3A16%3A'));
    expect(modules).toHaveLength(knowsModules ? 1 : 0);
  });

  it('whose rpm fails is partial', async () => {
    const inventory = await inventoryWith('echo "error: cannot open Packages database" >&2; exit 1');

    expect(inventory.outcome).toBe('partial');
    expect(inventory.diagnostics.map(({ message }) => message)).toContain(
      'The program rpm could not read its database in full.',
    );
  });
});
