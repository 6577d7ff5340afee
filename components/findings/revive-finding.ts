import type { FindingGroupPage } from '@/lib/core/model/finding-groups.ts';
import type { PastFinding } from '@/lib/core/model/history.ts';
import type { FindingDetail, FindingPage, FindingRow } from '@/lib/core/model/views.ts';

/** A view as JSON carries it: every time is ISO 8601 text. */
export type Wire<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? readonly Wire<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Wire<T[Key]> }
      : T;

export function reviveFindingPage(page: Wire<FindingPage>): FindingPage {
  return { ...page, rows: page.rows.map(reviveFindingRow) };
}

export function reviveGroupPage(page: Wire<FindingGroupPage>): FindingGroupPage {
  return {
    ...page,
    rows: page.rows.map((row) => ({
      ...row,
      due: row.due.known ? { known: true as const, at: dateOrNull(row.due.at) } : { known: false as const },
    })),
  };
}

export function revivePastFinding(row: Wire<PastFinding>): PastFinding {
  return { ...row, firstSeenAt: new Date(row.firstSeenAt) };
}

export function reviveFindingRow(row: Wire<FindingRow>): FindingRow {
  return {
    ...row,
    firstSeenAt: new Date(row.firstSeenAt),
    lastSeenAt: new Date(row.lastSeenAt),
    dueAt: dateOrNull(row.dueAt),
    snoozedUntil: dateOrNull(row.snoozedUntil),
  };
}

export function reviveFindingDetail(detail: Wire<FindingDetail>): FindingDetail {
  return {
    ...detail,
    snoozedUntil: dateOrNull(detail.snoozedUntil),
    firstSeenAt: new Date(detail.firstSeenAt),
    lastSeenAt: new Date(detail.lastSeenAt),
    dueAt: dateOrNull(detail.dueAt),
    publishedAt: dateOrNull(detail.publishedAt),
    closedAt: dateOrNull(detail.closedAt),
    events: detail.events.map((event) => ({ ...event, at: new Date(event.at) })),
  };
}

function dateOrNull(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
