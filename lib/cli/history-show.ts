import { AppError } from '../core/model/app-error.ts';
import type { HistoryEvent } from '../core/model/history.ts';
import { WHOLE_ESTATE } from '../core/model/scope.ts';
import { type Command, EXIT, readArguments, UsageError } from './command.ts';
import { withHistory } from './open-history.ts';
import { plainTable } from './plain-table.ts';

export const historyShow: Command = {
  name: 'history show',
  usage: 'FINDING [--json]',
  summary: "one finding's life, with the block of each step",
  async run(args, around) {
    const { values, positionals } = readArguments(args, { json: { type: 'boolean' } }, 1);
    const [key] = positionals;
    if (key === undefined) {
      throw new UsageError('A finding is missing. Its id is in the address of its page.');
    }
    const everything = { ...WHOLE_ESTATE, accounts: null };
    const history = await withHistory(around.environment(), (store) => store.ofFinding(everything, key.toLowerCase()));
    if (history === null) {
      throw new AppError('not-found', `There is no finding ${key}. It may have been removed.`);
    }
    if (values.json) {
      await around.out.line(JSON.stringify(history, null, 2));
      return EXIT.done;
    }
    await around.out.line(`${history.vulnerabilityId} on ${history.resourceName}\n`);
    if (history.isCut) {
      await around.out.line('Earlier steps are left out.\n');
    }
    const headings = ['AT', 'STEP', 'CAUSE', 'BY', 'STATE', 'SEVERITY', 'SCORE', 'BLOCK', 'DETAIL'];
    await around.out.line(plainTable(headings, history.events.map(rowOf)));
    return EXIT.done;
  },
};

function rowOf(event: HistoryEvent): readonly string[] {
  const { at, kind, cause, actor, status, statusBefore, severity, severityBefore, score, scoreBefore } = event;
  const moved = (before: string | number | null | undefined, after: string | number | null) =>
    before === null || before === undefined ? String(after ?? '-') : `${before} > ${after ?? '-'}`;
  return [
    at.toISOString(),
    kind,
    cause,
    actor,
    moved(statusBefore, status),
    moved(severityBefore, severity),
    moved(scoreBefore, score),
    event.position,
    event.detail,
  ];
}
