import { z } from 'zod';
import { csvLine } from '../../core/exchange/csv-line.ts';
import type { ActivityFilter, ActivityRow } from '../../core/model/activity.ts';
import { parseInput } from '../console/input.ts';
import type { Download } from '../download.ts';
import type { Operation } from '../operation.ts';
import { recordPersonActivity } from '../users/record-person-activity.ts';
import { activityFilterInput, readerOf } from './activity-input.ts';

const FORMATS = ['csv', 'json'] as const;
const schema = z.object({ filter: activityFilterInput, format: z.enum(FORMATS).default('csv') });

interface ExportActivityInput {
  readonly filter: ActivityFilter;
  readonly format: (typeof FORMATS)[number];
}

const COLUMNS = ['id', 'at', 'actor', 'actorName', 'action', 'object', 'detail'] as const;

/** The entries that match as a file, whatever their number. That it was made is an entry of its own, and not in it. */
export const exportActivity: Operation<ExportActivityInput, Download> = {
  name: 'ExportActivity',
  permission: 'findings:read',
  parse: (input) => parseInput(schema, input),
  async run(deps, caller, { filter, format }) {
    const now = deps.clock.now();
    // What is written from now on is not part of it: else reading it could go on for ever.
    const to = filter.to !== null && filter.to < now ? filter.to : now;
    const pages = deps.activity.rows(readerOf(caller), { ...filter, to });
    await recordPersonActivity(deps, caller, 'activity-exported', format.toUpperCase(), 'Exported activity.');
    return {
      name: `activity-${now.toISOString().slice(0, 10)}.${format}`,
      type: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
      parts: format === 'csv' ? csv(pages) : json(pages),
    };
  },
};

async function* csv(pages: AsyncIterable<readonly ActivityRow[]>): AsyncGenerator<string> {
  yield csvLine(COLUMNS);
  for await (const rows of pages) {
    yield rows.map((row) => csvLine(COLUMNS.map((column) => textOf(row[column])))).join('');
  }
}

async function* json(pages: AsyncIterable<readonly ActivityRow[]>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const rows of pages) {
    for (const row of rows) {
      yield `${before}${JSON.stringify(row)}`;
      before = ',\n';
    }
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

function textOf(value: ActivityRow[keyof ActivityRow]): string {
  return value instanceof Date ? value.toISOString() : (value ?? '');
}
