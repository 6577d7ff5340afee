import { z } from 'zod';
import { parseQuery, QUERY_CHARACTERS_MAX } from '../../core/findings/query/parse-query.ts';
import { forReader } from '../../core/findings/query/query-fields.ts';
import { AppError } from '../../core/model/app-error.ts';
import type { FindingQuery } from '../../core/model/finding-query.ts';
import type { Caller } from '../../core/model/permissions.ts';

/** A query as it was typed. */
export const queryInput = z.string().max(QUERY_CHARACTERS_MAX);

/**
 * Throws AppError `invalid-input` when a part of the query is wrong: a field for each, named by the place of the part in the
 * text (`query.8-18`), with what to do about it.
 */
export function checkQuery(text: string): void {
  const { errors } = parseQuery(text);
  const [first] = errors;
  if (first !== undefined) {
    const fields = Object.fromEntries(errors.map(({ start, end, error }) => [`query.${start}-${end}`, error]));
    throw new AppError('invalid-input', `A part of the query could not be read. ${first.error}`, fields);
  }
}

/** The query of this reader: `owner:me` is theirs. */
export function queryOf(text: string, caller: Caller): FindingQuery {
  return forReader(parseQuery(text).query, caller.userId);
}
