import type { FileTree } from '../../ports/file-tree.ts';
import { damaged, HEADER_BYTES_MAX, type HeaderBlob } from './header-blobs.ts';
import { openSqlitePages } from './sqlite-pages.ts';
import { rootPageOf, tableRows } from './sqlite-table.ts';

/** The headers in rpm's database of the SQLite kind: the table `Packages` has a number and a blob in each row. */
export async function* sqliteBlobs(tree: FileTree, path: string): AsyncGenerator<HeaderBlob> {
  const pages = await openSqlitePages(tree, path);
  const root = pages === null ? null : await rootPageOf(pages, 'Packages');
  if (pages === null || root === null) {
    yield damaged(pages === null ? 'it is no database of SQLite' : 'it has no table of packages');
    return;
  }
  if (await isUnfinished(tree, path)) {
    yield damaged('a transaction was left unfinished, and its journal is not played back');
  }
  for await (const row of tableRows(pages, root, HEADER_BYTES_MAX)) {
    const blob = row.kind === 'row' ? row.values.at(-1) : null;
    if (row.kind === 'damaged') {
      yield row;
    } else if (blob instanceof Uint8Array) {
      yield { kind: 'header', bytes: blob };
    } else {
      yield damaged('a row holds no header');
    }
  }
}

/** Whether a rollback journal holds what the pages were before. rpm keeps a write-ahead log instead, where the disk allows. */
async function isUnfinished(tree: FileTree, path: string): Promise<boolean> {
  const start = await tree.read(`${path}-journal`, { start: 0, end: JOURNAL_MAGIC.length });
  return start !== null && JOURNAL_MAGIC.equals(start);
}

const JOURNAL_MAGIC = Buffer.from('d9d505f920a163d7', 'hex');
