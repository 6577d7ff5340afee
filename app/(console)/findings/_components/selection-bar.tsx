import { formatCount } from '@/components/format/format-count.ts';
import { Button } from '@/components/ui/button.tsx';

interface Props {
  readonly count: number;
  readonly onCopy: () => void;
  readonly onClear: () => void;
}

/** What can be done with the selected rows, docked at the foot of the list. */
export function SelectionBar({ count, onCopy, onClear }: Props) {
  return (
    <div className="flex h-11 flex-none items-center gap-2 border-line border-t bg-selected px-(--gutter)">
      <span className="font-semibold">{formatCount(count)} selected</span>
      <Button kind="ghost" onClick={onCopy}>
        Copy links <kbd>C</kbd>
      </Button>
      <span className="flex-1" />
      <Button kind="ghost" onClick={onClear}>
        Clear <kbd>Esc</kbd>
      </Button>
    </div>
  );
}
