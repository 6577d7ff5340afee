import { formatCounted } from '@/components/format/format-count.ts';
import { EmptyState } from '@/components/ui/block-state.tsx';
import type { ExposureSource, ExposureView } from '@/lib/core/model/exposure-view.ts';

/** That no path is shown means nothing where nobody looked. */
export function NothingReached({ view, from }: { readonly view: ExposureView; readonly from: ExposureSource }) {
  const { instances, looked, partial, accounts } = view;
  const source = from === 'internet' ? 'the internet' : 'peers and VPN';
  if (looked === 0) {
    return (
      <div className="pt-4">
        <EmptyState kind="unknown" title="Nobody has looked at network paths yet">
          {instances === 0
            ? 'No EC2 instance is known in this scope. Connect an account under Settings, Accounts.'
            : `${formatCounted(instances, 'instance')} in this scope. Their paths are worked out with the next look at AWS.`}
        </EmptyState>
      </div>
    );
  }
  const isWhole = looked === instances && partial === 0;
  return (
    <div className="pt-4">
      <EmptyState
        kind={isWhole ? 'clean' : 'unknown'}
        title={isWhole ? `Nothing is reachable from ${source}` : `Nothing that is known is reachable from ${source}`}
      >
        {formatCounted(looked, 'instance')} in {formatCounted(accounts, 'account')} looked at
        {partial === 0 ? '' : `, ${formatCounted(partial, 'instance')} of them only in part`}
        {looked === instances ? '' : `; ${formatCounted(instances - looked, 'instance')} not looked at`}.
      </EmptyState>
    </div>
  );
}
