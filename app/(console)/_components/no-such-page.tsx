import { PartialStrip } from '@/components/ui/block-state.tsx';

/** Said above a list whose address asks for a page that does not exist. */
export function NoSuchPage() {
  return (
    <div className="px-(--gutter) pt-3">
      <PartialStrip>The page of the list in this address does not exist. This is the first page.</PartialStrip>
    </div>
  );
}
