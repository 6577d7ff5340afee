import { EmptyState } from '@/components/ui/block-state.tsx';
import { ButtonLink } from '@/components/ui/button.tsx';

export default function NotFound() {
  return (
    <div className="max-w-[640px] px-(--gutter) pt-6">
      <h1 className="title-20 mb-3">Not found</h1>
      <EmptyState
        kind="unknown"
        title="There is nothing at this address that you may see"
        action={<ButtonLink href="/overview">Go to the overview</ButtonLink>}
      >
        It may have been removed, or it belongs to an account outside your scope.
      </EmptyState>
    </div>
  );
}
