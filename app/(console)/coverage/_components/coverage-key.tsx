import { TriangleAlert } from 'lucide-react';
import { CELL_LOOKS, SHARE_LOW } from './cell-words.ts';

const { denied, late } = CELL_LOOKS;

/** What the marks of the grid mean. */
export function CoverageKey() {
  return (
    <p className="coverage-key">
      <span className="text-warn">
        <TriangleAlert size={12} strokeWidth={1.6} aria-hidden="true" />
        Below {SHARE_LOW * 100}%
      </span>
      <span className="text-danger">
        {denied.icon === null ? null : <denied.icon size={12} strokeWidth={1.6} aria-hidden="true" />}
        {denied.label}
      </span>
      <span className="text-warn">
        {late.icon === null ? null : <late.icon size={12} strokeWidth={1.6} aria-hidden="true" />}
        {late.label}
      </span>
      <span>
        <i aria-hidden="true" />
        Off
      </span>
      <span>– None to scan</span>
    </p>
  );
}
