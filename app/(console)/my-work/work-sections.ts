import type { BoundedCount, WorkItem } from '@/lib/core/model/duty.ts';
import type { OwnWork } from '@/lib/operations/duty/get-my-work.ts';

export const WORK_SECTIONS = ['past', 'today', 'week', 'later'] as const;
export type WorkSectionName = (typeof WORK_SECTIONS)[number];

/** What is due in one stretch of time. */
export interface WorkSection {
  readonly name: WorkSectionName;
  readonly title: string;
  readonly total: BoundedCount;
  readonly rows: readonly WorkItem[];
  /** What the findings of this stretch are, in the language of queries; whose they are comes in front. */
  readonly query: string;
}

const DAY_MS = 86_400_000;
const TITLES: Readonly<Record<WorkSectionName, string>> = {
  past: 'Past due',
  today: 'Due today',
  week: 'Due within 7 days',
  later: 'Later, or no date',
};
/** Counts leave out what is put off, so the lists behind them do. */
export function queryOf(name: WorkSectionName, now: Date): string {
  const today = now.toISOString().slice(0, 10);
  const due: Readonly<Record<WorkSectionName, string>> = {
    past: 'is:overdue',
    today: `is:open due:${today} -is:overdue`,
    week: `is:open due:>=0d due:<7d -due:${today}`,
    later: 'is:open -due:<7d',
  };
  return `${due[name]} -is:snoozed`;
}

/** In which stretch an item is due; a clock that stands still asks for nothing now. Days end at midnight UTC. */
export function sectionOf({ dueAt, paused }: Pick<WorkItem, 'dueAt' | 'paused'>, now: Date): WorkSectionName {
  if (dueAt === null || paused) return 'later';
  const at = dueAt.getTime();
  if (at < now.getTime()) return 'past';
  if (at < Math.floor(now.getTime() / DAY_MS + 1) * DAY_MS) return 'today';
  return at < now.getTime() + 7 * DAY_MS ? 'week' : 'later';
}

/** The first page of work by when it is due; a stretch without work is left out. */
export function sectionsOf(work: OwnWork, now: Date): readonly WorkSection[] {
  const totals: Readonly<Record<WorkSectionName, BoundedCount>> = {
    past: work.overdue,
    today: work.dueToday,
    week: less(work.dueIn7Days, work.dueToday),
    later: work.later,
  };
  return WORK_SECTIONS.map((name) => ({
    name,
    title: TITLES[name],
    total: totals[name],
    rows: work.rows.filter((row) => sectionOf(row, now) === name),
    query: queryOf(name, now),
  })).filter(({ total, rows }) => total.count > 0 || rows.length > 0);
}

function less(all: BoundedCount, part: BoundedCount): BoundedCount {
  return { count: Math.max(0, all.count - part.count), exact: all.exact };
}

/** Whose findings a link lists: the reader's own, then each team's. */
export function holdersOf(teams: readonly string[]): readonly { readonly label: string; readonly query: string }[] {
  return [
    { label: 'Mine', query: 'owner:me' },
    ...teams.map((team) => ({ label: team, query: `team:${quoted(team)}` })),
  ];
}

/** A value that is read as one text whatever is in it. */
export function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
