import { describe, expect, it } from 'vitest';
import { PACKAGE_LIST_SAMPLES } from '../../testing/fuzz/package-list-samples.ts';
import { memoryFileTree } from '../../testing/memory-file-tree.ts';
import { collect } from './collector.ts';

describe('files of other languages in a tree', () => {
  it('are each read by one parser', async () => {
    const files = PACKAGE_LIST_SAMPLES.map(({ path, text }, index) => [`app${index}/${path}`, text] as const);
    const tree = memoryFileTree(Object.fromEntries(files));
    const inventory = await collect(tree, { expectsSystem: false }, new AbortController().signal);

    expect(inventory.packages.map((pkg) => pkg.path).sort()).toEqual(files.map(([path]) => path).sort());
    expect(inventory.outcome).toBe('complete');
  });
});
