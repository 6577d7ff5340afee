import type { ChainReport } from '../core/model/history.ts';
import { type Command, EXIT, readArguments, UsageError } from './command.ts';
import { withHistory } from './open-history.ts';
import { createProgressLine } from './progress-line.ts';

const HASH = /^[0-9a-f]{64}$/i;

export const historyVerify: Command = {
  name: 'history verify',
  usage: '[--from PLACE] [--to PLACE] [--noted HASH] [--json]',
  summary: 'compute the chain of history anew and say what is wrong first',
  async run(args, around) {
    const options = {
      from: { type: 'string' },
      to: { type: 'string' },
      noted: { type: 'string' },
      json: { type: 'boolean' },
    } as const;
    const { values } = readArguments(args, options, 0);
    const { noted } = values;
    if (noted !== undefined && !HASH.test(noted)) {
      throw new UsageError('--noted takes the 64 hex digits that an earlier check called its head.');
    }
    const range = {
      ...placeOf('from', values.from),
      ...placeOf('to', values.to),
      ...(noted === undefined ? {} : { noted }),
    };
    const progress = createProgressLine(around.err);
    const report = await withHistory(around.environment(), (history) =>
      history.verify({
        ...range,
        signal: around.signal,
        onProgress: (done, total) =>
          progress.show(`${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} blocks`),
      }),
    ).finally(() => progress.clear());
    await around.out.line(values.json ? JSON.stringify(report, null, 2) : inWords(report));
    return report.fault === null ? EXIT.done : EXIT.findings;
  },
};

function placeOf<const K extends string>(name: K, text: string | undefined): { readonly [P in K]?: number } {
  if (text === undefined) {
    return {};
  }
  if (!/^[1-9]\d{0,14}$/.test(text)) {
    throw new UsageError(`--${name} takes the place of a block, counted from 1.`);
  }
  return { [name]: Number(text) } as { readonly [P in K]?: number };
}

function inWords({ blocks, rows, removedRows, position, head, fault }: ChainReport): string {
  const count = (n: number) => n.toLocaleString('en-US');
  const removed = removedRows === 0 ? '' : `, ${count(removedRows)} more were removed in order`;
  if (fault === null) {
    return `${count(blocks)} blocks with ${count(rows)} rows are whole${removed}.\nThe head is block ${position}: ${head}`;
  }
  const place = fault.position === null ? '' : ` at block ${fault.position}`;
  return `The history is not whole: ${fault.what}${place} (${fault.table}).\n${fault.detail}`;
}
