import {
  type ActivityFilter,
  type ActivityKind,
  type ActivityReader,
  KIND_PREFIXES,
} from '../../core/model/activity.ts';
import { all, containing, type Parameters } from '../queries/parameters.ts';

/** Conditions on `activity a`: what the reader may see, and what was asked for. */
export function activityConditions(reader: ActivityReader, filter: ActivityFilter, values: Parameters): string {
  return all([...visible(reader, values), ...asked(filter, values)]);
}

/**
 * Own entries always. Of others: those about accounts that the reader sees all of; whoever sees all accounts sees those about
 * the whole installation too, and people, sign-ins and settings only with the right to read settings.
 */
export function visible({ email, accounts, seesSettings }: ActivityReader, values: Parameters): readonly string[] {
  if (accounts === null && seesSettings) {
    return [];
  }
  const own = `a.actor = ${values.add(email, 'text')}`;
  const about =
    accounts === null
      ? `not (${ofKinds(['access', 'settings', 'history'], values)})`
      : `(a.accounts is not null and string_to_array(a.accounts, ',') <@ ${values.add(accounts, 'text[]')})`;
  return [`(${own} or ${about})`];
}

function asked(filter: ActivityFilter, values: Parameters): readonly string[] {
  const { tab, who, notWho, actions, notActions, objects, accounts, kinds, notKinds, requests, from, to } = filter;
  const parts: string[] = [];
  if (tab === 'people') {
    parts.push("a.actor like '%@%'");
  } else if (tab !== 'all') {
    parts.push(`(${ofKinds([tab], values)})`);
  }
  const named = (texts: readonly string[]): string => {
    const patterns = values.add(texts.map(containing), 'text[]');
    return `(a.actor ilike any(${patterns}) or exists (
      select from app_user u where u.email = a.actor and u.name ilike any(${patterns})))`;
  };
  const like = (column: string, texts: readonly string[]): string =>
    `a.${column} ilike any(${values.add(texts.map(containing), 'text[]')})`;
  const add = <T>(list: readonly T[], condition: (list: readonly T[]) => string, negated = false): void => {
    if (list.length > 0) {
      parts.push(negated ? `not (${condition(list)})` : condition(list));
    }
  };
  add(who, named);
  add(notWho, named, true);
  add(actions, (texts) => like('action', texts));
  add(notActions, (texts) => like('action', texts), true);
  add(objects, (texts) => `(${like('object', texts)} or ${like('detail', texts)})`);
  add(kinds, (some) => `(${ofKinds(some, values)})`);
  add(notKinds, (some) => ofKinds(some, values), true);
  add(accounts, (ids) => `string_to_array(coalesce(a.accounts, ''), ',') && ${values.add(ids, 'text[]')}`);
  add(
    requests,
    (ids) =>
      `a.record like any(${values.add(
        ids.map((id) => containing(`"actId":"${id}"`)),
        'text[]',
      )})`,
  );
  if (from !== null) {
    parts.push(`a.at >= ${values.add(from, 'timestamptz(3)')}`);
  }
  if (to !== null) {
    parts.push(`a.at < ${values.add(to, 'timestamptz(3)')}`);
  }
  return parts;
}

function ofKinds(kinds: readonly ActivityKind[], values: Parameters): string {
  const beginsWith = (prefixes: readonly string[]): string =>
    `a.action like any(${values.add(
      prefixes.map((prefix) => `${prefix}%`),
      'text[]',
    )})`;
  return kinds
    .map((kind) =>
      kind === 'other' ? `not ${beginsWith(Object.values(KIND_PREFIXES).flat())}` : beginsWith(KIND_PREFIXES[kind]),
    )
    .join(' or ');
}
