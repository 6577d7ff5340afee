import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { collectFunction } from '../core/inventory/function.ts';
import type { Inventory } from '../core/model/inventory.ts';
import { openZipTree, type ZipTree } from '../filesystem/zip-tree.ts';
import type { Surroundings } from './command.ts';
import type { ProgressLine } from './progress-line.ts';
import type { TargetKind } from './target-kind.ts';
import { watchedTree } from './watched-tree.ts';

/** `function:CODE.zip[,LAYER.zip…]`: a Lambda function as it is deployed, with its layers from the lowest up. */
export const functionTarget: TargetKind = {
  forms: ['function:CODE.zip[,LAYER.zip…]'],
  takesPlatform: false,
  read(text, rest) {
    const paths = existsSync(rest) ? [rest] : rest.split(',');
    const [code = ''] = paths;
    return paths.includes('')
      ? null
      : {
          text,
          collect: (around, progress) => collectArchives(text, paths, around, progress),
          resourceOf: () => `function:${basename(code)}`,
        };
  },
};

async function collectArchives(
  text: string,
  paths: readonly string[],
  { signal }: Surroundings,
  progress: ProgressLine,
): Promise<Inventory> {
  const trees: ZipTree[] = [];
  try {
    for (const path of paths) trees.push(await openZipTree(path, { signal }));
    const [code, ...layers] = trees.map((tree) => watchedTree(tree, text, progress));
    // There is at least one path, so there is code.
    return await collectFunction({ code: code as ZipTree, layers }, signal);
  } finally {
    for (const tree of trees) await tree.close();
  }
}
