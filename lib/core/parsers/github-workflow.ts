import { packageList } from './package-list.ts';
import type { ParseResult } from './parser.ts';
import { textLines } from './text-lines.ts';
import { isUnpacked, textParser } from './text-parser.ts';

/**
 * Actions that workflows and composite actions use, by exact version: `uses: owner/repo@v1.2.3`, or a commit with its
 * version in a comment, as Dependabot and Renovate write it. A tag such as `v4` moves, so it is no version.
 */
export const githubWorkflow = textParser({
  id: 'github-actions/workflow',
  declares: true,
  wants: (path) => PLACE.test(path) && !isUnpacked(path),
  bytesMax: 4 * 1024 * 1024,
  parse: parseGithubWorkflow,
});

const PLACE = /(?:^|\/)(?:\.github\/workflows\/[^/]+\.ya?ml|action\.ya?ml)$/;
const USES = /^[ -]*["']?uses["']?[ \t]*:[ \t]*["']?([^\s"'#]+)["']?[ \t]*(?:#(.*))?$/;
const ACTION = /^([A-Za-z0-9-]+\/[A-Za-z0-9._-]+)(?:\/[^\s@]*)?@(\S+)$/;
const VERSION = /^v?([0-9]+\.[0-9]+\.[0-9]+(?:[-+][0-9A-Za-z.+-]+)?)$/;
const COMMENT = /^\s*(?:tag=|pin\s*@?\s*)?v?([0-9]+\.[0-9]+\.[0-9]+(?:[-+][0-9A-Za-z.+-]+)?)(?:\s|$)/;

export function parseGithubWorkflow(text: string, path: string): ParseResult {
  const list = packageList({ path, ecosystem: 'github-actions', packageManager: 'OTHER' });
  for (const line of keyLines(text)) {
    const [, target = '', comment = ''] = USES.exec(line) ?? [];
    const [, name = '', ref = ''] = ACTION.exec(target) ?? [];
    if (name === '') {
      continue;
    }
    const isCommit = /^[0-9a-f]{40}$/.test(ref);
    const version = isCommit ? COMMENT.exec(comment)?.[1] : VERSION.exec(ref)?.[1];
    if (version === undefined) {
      list.leaveOut('actions by branch, by a tag that moves or by a commit without its version beside it');
    } else {
      list.add({ name, version });
    }
  }
  return list.result();
}

/** Lines outside of block texts (`run: |`), in which anything may stand. */
function* keyLines(text: string): Generator<string> {
  let block = -1;
  for (const raw of textLines(text)) {
    const line = raw.trimEnd();
    const indent = line.search(/[^ ]/);
    if (indent === -1 || (block !== -1 && indent > block)) {
      continue;
    }
    block = /[:-] [|>][+-]?[0-9]?(?: #.*)?$/.test(line) ? line.search(/[^ -]/) : -1;
    yield line;
  }
}
