import type { Wire } from '@/components/findings/revive-finding.ts';
import type { NoticePage } from '@/lib/core/model/notice.ts';

/** A page of the reader's notices. */
export async function fetchNotices(cursor: string | null, limit: number, signal: AbortSignal): Promise<NoticePage> {
  const search = new URLSearchParams({ limit: String(limit), ...(cursor === null ? {} : { cursor }) });
  const answer = await fetch(`/api/notices?${search}`, { signal });
  if (!answer.ok) throw new Error(`notices answered ${answer.status}`);
  const page = (await answer.json()) as Wire<NoticePage>;
  return {
    ...page,
    rows: page.rows.map((row) => ({
      ...row,
      at: new Date(row.at),
      readAt: row.readAt === null ? null : new Date(row.readAt),
    })),
  };
}
