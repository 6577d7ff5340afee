import { formatCount } from '@/components/format/format-count.ts';

interface Props {
  readonly count: number;
  /** Whether no findings means that there are none. */
  readonly proven: boolean;
}

/** A count of findings; a zero is written only where a scan proves it. */
export function FindingCount({ count, proven }: Props) {
  if (count > 0) return formatCount(count);
  return proven ? <span className="text-fg-3">0</span> : <span className="text-fg-3">not known</span>;
}
