import { found, noPackage, unreadable } from './parse-result.ts';
import type { Parser } from './parser.ts';
import { readBounded } from './read-bounded.ts';

/**
 * The topics of Amazon Linux 2 Extras that a system has switched on: repositories beside its own whose packages have
 * advisories of their own. Format: yum.conf(5).
 */
export const amazonExtras: Parser = {
  id: 'os/amazon-extras',
  reads: 'file',
  wants: (path) => path === 'etc/yum.repos.d/amzn2-extras.repo',
  async parse(path, tree) {
    const read = await readBounded(tree, path, BYTES_MAX);
    if (read.kind === 'unreadable') {
      return unreadable(path, `The list of topics ${read.reason}.`);
    }
    const topics = enabledTopics(read.text);
    const names = topics.slice(0, NAMES_MAX).join(', ');
    return topics.length === 0
      ? found([])
      : noPackage(
          path,
          `Topics of Amazon Linux Extras that are enabled: ${names}. A package is judged by the advisories of a topic where its name and version tell that it came from there, and by those of Amazon Linux 2 itself otherwise.`,
        );
  },
};

const BYTES_MAX = 1024 * 1024;
const NAMES_MAX = 40;

/** Names of the sections `[amzn2extra-docker]` that are enabled; a section is unless it says otherwise. */
export function enabledTopics(text: string): readonly string[] {
  const enabled = new Map<string, boolean>();
  let topic = '';
  for (const line of text.split('\n')) {
    const section = /^\s*\[([^\]\s]{1,100})\]/.exec(line)?.[1];
    const setting = /^\s*enabled\s*=\s*(\S{1,10})\s*$/i.exec(line)?.[1];
    if (section !== undefined) {
      topic = /^amzn2extra-([A-Za-z0-9_.+-]+)$/.exec(section)?.[1] ?? '';
      if (topic !== '' && !/-(?:source|debuginfo)$/.test(topic)) {
        enabled.set(topic, true);
      } else {
        topic = '';
      }
    } else if (setting !== undefined && topic !== '') {
      enabled.set(topic, /^(?:1|true|yes)$/i.test(setting));
    }
  }
  return [...enabled]
    .filter(([, isOn]) => isOn)
    .map(([name]) => name)
    .sort();
}
