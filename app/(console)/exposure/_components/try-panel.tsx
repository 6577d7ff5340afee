import { EmptyState } from '@/components/ui/block-state.tsx';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import { listNetworkPlaces } from '@/lib/operations/network/list-network-places.ts';
import { ask } from '../../ask.ts';
import { settle } from '../../settle.ts';
import { type ExposureSearch, exposureAddress, type TriedPlace } from '../search-params.ts';
import { PanelClose } from './panel-close.tsx';
import { TryForm } from './try-form.tsx';

/** What a change of rules would open and close, before anybody makes it. */
export async function TryPanel({ search, place }: { readonly search: ExposureSearch; readonly place: TriedPlace }) {
  const { accountId, region } = place;
  const result = await settle(
    ask(listNetworkPlaces, { accountId: accountId || null, region: region || null }),
    'Networks',
  );
  const value = result.ok ? result.value : null;
  const chosen = value?.chosen ?? null;
  return (
    <aside className="panel" aria-label="Try a change">
      <div className="px-5 pt-4 pb-2">
        <div className="flex items-center gap-2 text-12 text-fg-3">
          <span className="flex-1">
            {chosen === null ? (
              ''
            ) : (
              <>
                Network as read <Timestamp time={chosen.readAt} now={new Date()} />
              </>
            )}
          </span>
          <PanelClose href={exposureAddress(search.kept, { ...search, tried: null })} />
        </div>
        <h2 className="font-semibold text-16">Try a change</h2>
        <p className="text-12 text-fg-3">What it would open and close is worked out here. Nothing is changed in AWS.</p>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-4">
        {value === null || chosen === null ? (
          <EmptyState kind="unknown" title="No network was read yet">
            {result.ok ? 'Connect an account under Settings, Accounts.' : result.message}
          </EmptyState>
        ) : (
          <TryForm
            key={`${chosen.accountId}/${chosen.region}/${place.groupId}`}
            places={value.places.map((one) => ({
              value: `${one.accountId}/${one.region}`,
              label: `${one.accountName}, ${one.region}`,
              href: exposureAddress(search.kept, { ...search, tried: { ...one, groupId: '' } }),
            }))}
            place={chosen}
            groups={value.groups}
            groupId={place.groupId}
          />
        )}
      </div>
    </aside>
  );
}
