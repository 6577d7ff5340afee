import type { FileTree } from '../core/ports/file-tree.ts';
import type { ProgressLine } from './progress-line.ts';

const FILES_BETWEEN_PROGRESS = 500;

/** The same tree, which tells how many of its files were listed. */
export function watchedTree<Tree extends Pick<FileTree, 'list'>>(
  tree: Tree,
  text: string,
  progress: ProgressLine,
): Tree {
  return {
    ...tree,
    async *list() {
      let files = 0;
      for await (const file of tree.list()) {
        files += 1;
        if (files % FILES_BETWEEN_PROGRESS === 0) {
          progress.show(`${text}: ${files} files`);
        }
        yield file;
      }
    },
  };
}
