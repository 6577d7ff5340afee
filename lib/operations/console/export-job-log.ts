import { jobLogText } from '../../core/exchange/job-log-text.ts';
import type { JobLogLine } from '../../core/model/views.ts';
import type { Download } from '../download.ts';
import type { Operation } from '../operation.ts';
import { jobOf } from './get-job.ts';
import { idInput, parseInput } from './input.ts';

/** Everything that a job noted, as a text file, whatever its size. */
export const exportJobLog: Operation<{ readonly id: string }, Download> = {
  name: 'ExportJobLog',
  permission: 'scans:read',
  parse: (input) => parseInput(idInput, input),
  async run(deps, _caller, { id }) {
    const { number } = await jobOf(deps, id);
    return {
      name: `job-${number}.txt`,
      type: 'text/plain; charset=utf-8',
      parts: texts(deps.reads.jobLogPages(id)),
    };
  },
};

async function* texts(pages: AsyncIterable<readonly JobLogLine[]>): AsyncGenerator<string> {
  for await (const lines of pages) yield jobLogText(lines);
}
