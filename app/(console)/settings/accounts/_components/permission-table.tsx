import { CircleCheck, CircleDashed, CircleHelp, CircleMinus, CircleX, type LucideIcon } from 'lucide-react';
import { ScrollRegion } from '@/components/ui/scroll-region.tsx';
import type { PermissionRow } from '../connection.ts';
import { markOf, missingOf, type PermissionMark, SET_WORDS, shareOf } from '../permission-marks.ts';

const MARKS: Readonly<
  Record<PermissionMark, { readonly icon: LucideIcon; readonly word: string; readonly tone: string }>
> = {
  allowed: { icon: CircleCheck, word: 'Allowed', tone: 'text-ok' },
  denied: { icon: CircleX, word: 'Denied', tone: 'text-danger' },
  'not-allowed': { icon: CircleMinus, word: 'Not allowed', tone: 'text-fg-3' },
  'by-use': { icon: CircleDashed, word: 'At first use', tone: 'text-fg-3' },
  unknown: { icon: CircleHelp, word: 'Not known', tone: 'text-warn' },
  unchecked: { icon: CircleDashed, word: 'Not checked', tone: 'text-fg-3' },
};

/** Each action that Harrier calls, and where a call of it was refused. What is optional is grey, never red. */
export function PermissionTable({ rows }: { readonly rows: readonly PermissionRow[] }) {
  return (
    <ScrollRegion label="Permissions in AWS">
      <table className="table permission-table">
        <colgroup>
          <col className="w-[96px]" />
          <col className="w-[202px]" />
          <col className="w-[82px]" />
          <col className="w-[112px]" />
          <col className="w-[76px]" />
          <col />
        </colgroup>
        <thead>
          <tr>
            <th>State</th>
            <th>Permission</th>
            <th>Role</th>
            <th>Needed for</th>
            <th className="num">Allowed in</th>
            <th>Missing in</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.action} row={row} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Row({ row }: { readonly row: PermissionRow }) {
  const { action, set, neededFor, isOptional, checked } = row;
  const mark = markOf(row);
  const { icon: Icon, word, tone } = MARKS[mark];
  const share = shareOf(row);
  const [service, call] = action.split(':');
  const said = checked?.missing.map(({ accountName, region, detail }) => `${accountName} ${region}: ${detail}`);
  return (
    <tr>
      <td className={tone}>
        <span className="flex items-center gap-1.5">
          <Icon size={14} strokeWidth={1.6} aria-hidden="true" />
          {word}
        </span>
      </td>
      <td>
        <code>
          {service}:<wbr />
          {call}
        </code>
      </td>
      <td className="text-fg-2">{SET_WORDS[set]}</td>
      <td className="text-fg-2">
        {neededFor}
        {isOptional ? ', optional' : ''}
      </td>
      <td className="num">{share ?? <span className="text-fg-3">–</span>}</td>
      <td
        className={mark === 'denied' ? 'text-danger' : 'text-fg-3'}
        title={said?.slice(0, 20).join('\n') || undefined}
      >
        <bdi>{missingOf(row)}</bdi>
      </td>
    </tr>
  );
}
