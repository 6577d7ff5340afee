import { describe, expect, it } from 'vitest';
import { buildPackage } from '../../testing/build-inventory.ts';
import type { Inventory } from '../model/inventory.ts';
import { keepUnseen } from './unseen-packages.ts';

const [bash, express, gin, requests] = [
  buildPackage({ ecosystem: 'debian', name: 'bash', version: '5.2-1' }),
  buildPackage({ ecosystem: 'npm', name: 'express', version: '4.17.1' }),
  buildPackage({ ecosystem: 'go', name: 'github.com/gin-gonic/gin', version: '1.8.0' }),
  buildPackage({ ecosystem: 'pypi', name: 'requests', version: '2.20.0' }),
];
const before: Inventory = {
  distro: null,
  packages: [bash, express, gin, requests],
  outcome: 'complete',
  diagnostics: [],
};
const names = ({ packages }: Inventory): readonly string[] => packages.map(({ name }) => name).sort();
const read = (narrowWay: Inventory['narrowWay'], packages: Inventory['packages']): Inventory => ({
  distro: null,
  packages,
  outcome: 'complete',
  diagnostics: [],
  ...(narrowWay && { narrowWay }),
});

describe('packages that a way of reading cannot see', () => {
  it('stay as they were where the inventory of SSM lists the system only', () => {
    const newer = buildPackage({ ecosystem: 'debian', name: 'bash', version: '5.2-2' });
    const kept = keepUnseen(read('ssm-inventory', [newer]), before);
    expect(names(kept)).toEqual(['bash', 'express', 'github.com/gin-gonic/gin', 'requests']);
    expect(kept.packages.find(({ name }) => name === 'bash')?.version).toBe('5.2-2');
    expect(kept.diagnostics).toEqual([
      {
        level: 'info',
        path: null,
        message: expect.stringContaining('3 of them (go, npm, pypi) are as an earlier scan'),
      },
    ]);
  });

  it('are gone where the command looked for them, and stay where it did not', () => {
    expect(names(keepUnseen(read('ssm-command', [bash]), before))).toEqual(['bash', 'github.com/gin-gonic/gin']);
  });

  it('are said to be unknown where nobody has ever looked', () => {
    const first = keepUnseen(read('ssm-inventory', [bash]), null);
    expect(first.diagnostics.map(({ message }) => message)).toEqual([
      'The inventory of SSM lists the packages of the system only: nobody looked for those of languages.',
    ]);
  });

  it('are those of the new inventory where its way sees everything, or nothing', () => {
    const whole = read(undefined, [bash]);
    const failed: Inventory = { ...read('ssm-command', []), outcome: 'failed' };
    expect(keepUnseen(whole, before)).toBe(whole);
    expect(keepUnseen(failed, before)).toBe(failed);
  });
});
