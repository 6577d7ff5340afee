import { formatCount } from '@/components/format/format-count.ts';
import type { ScanPolicy } from '@/lib/core/coverage/eligibility.ts';
import type { DiscoveredService } from '@/lib/core/model/cloud.ts';
import type { CoverageView } from '@/lib/core/model/coverage-view.ts';
import { wordList } from '@/lib/core/model/word-list.ts';
import { placeName } from '../grid-rows.ts';
import { offCounts, reachOf, SERVICE_WORDS, snapshotCandidates } from '../widening.ts';
import { type NamedReach, WidenButton } from './widen-button.tsx';

/** Places named in the question; more are counted only. */
const PLACES_MOST = 6;

interface Props {
  readonly view: CoverageView;
  readonly policy: ScanPolicy;
}

interface TurnOnProps extends Props {
  readonly services: readonly DiscoveredService[];
  /** In the head of the page, whatever the services. */
  readonly isHead?: boolean;
}

/** Switches on what is switched off everywhere; nothing where all is on. */
export function TurnOnScans({ view, services, isHead = false }: TurnOnProps) {
  if (services.length === 0) return null;
  const words = wordList(services.map((service) => SERVICE_WORDS[service]));
  return (
    <WidenButton
      label={isHead ? 'Turn on scans' : `Turn on ${words} scans`}
      title={`Turn on scans of ${words}?`}
      change={{ scans: services }}
      reach={reachIn(view, offCounts(view.counts, services))}
      note="What excludes a resource by a tag, a window of time or an unsupported system holds as before."
      done={`Scans of ${words} are switched on.`}
      isHead={isHead}
    />
  );
}

/** Reads disks of instances that SSM does not tell of. The policy knows no places, so it is for all of them. */
export function UseSnapshots({ view, policy }: Props) {
  if (policy.ec2Mode === 'hybrid') return null;
  const reach = reachIn(view, snapshotCandidates(view.counts));
  return (
    <WidenButton
      label={`Use snapshots for ${formatCount(reach.resources)}`}
      title="Use snapshots?"
      change={{ snapshots: true }}
      reach={reach}
      note="Harrier makes a snapshot of the volumes, reads it and deletes it; AWS charges for it meanwhile. The role needs the permissions for snapshots: Settings, Accounts says where they are missing. Instances with more volumes than the limit stay unscanned."
      done="Snapshots are switched on."
    />
  );
}

function reachIn({ by, accounts }: CoverageView, counts: CoverageView['counts']): NamedReach {
  const { resources, places } = reachOf(counts);
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  return {
    by,
    resources,
    places: places.length,
    named: places.slice(0, PLACES_MOST).map((one) => ({
      place: one.place,
      name: by === 'account' ? (names.get(one.place) ?? placeName(one.place)) : placeName(one.place),
      resources: one.resources,
    })),
  };
}
