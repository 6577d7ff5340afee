import { memo } from 'react';
import { SeverityGlyph } from '@/components/findings/severity-glyph.tsx';
import type { FindingColumn } from '@/lib/core/model/personal.ts';
import type { FindingRow } from '@/lib/core/model/views.ts';
import { COLUMNS } from './columns.tsx';
import { FindingCell } from './finding-cell.tsx';

interface Props {
  readonly row: FindingRow;
  readonly index: number;
  readonly current: boolean;
  readonly checked: boolean;
  readonly columns: readonly FindingColumn[];
  readonly narrow: boolean;
  readonly now: Date;
  /** Within a group. */
  readonly inner?: boolean;
  readonly onOpen: (index: number) => void;
  readonly onCheck: (row: FindingRow) => void;
}

/** One finding of the list. The keyboard has J, K, X and Enter for what a click does. */
export const FindingTableRow = memo(function FindingTableRow(props: Props) {
  const { row, index, current, checked, columns, narrow, now, inner = false, onOpen, onCheck } = props;
  return (
    <tr
      aria-current={current ? 'true' : undefined}
      aria-selected={checked}
      aria-rowindex={index + 1}
      data-finding={row.id}
      data-done={row.status === 'ACTIVE' ? undefined : ''}
      className="cursor-pointer"
      onClick={() => onOpen(index)}
    >
      <td>
        <input
          type="checkbox"
          className="checkbox hit"
          aria-label={`Select ${row.vulnerabilityId} on ${row.resourceName}`}
          checked={checked}
          onChange={() => onCheck(row)}
          onClick={(event) => event.stopPropagation()}
        />
      </td>
      <td className="!pr-0">
        <SeverityGlyph severity={row.severity} />
      </td>
      <td className="num font-medium">{row.score === null ? '–' : row.score.toFixed(1)}</td>
      <td className={inner ? '!pl-6' : undefined}>
        <FindingCell row={row} />
      </td>
      {columns.map((name) => {
        const column = COLUMNS[name];
        if (narrow && column.folds) return null;
        return (
          <td key={name} className={column.number ? 'num' : undefined}>
            {column.cell(row, now, narrow)}
          </td>
        );
      })}
    </tr>
  );
});
