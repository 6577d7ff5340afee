import { Download, FlaskConical } from 'lucide-react';
import Link from 'next/link';
import { formatCount } from '@/components/format/format-count.ts';
import { PageHeader } from '@/components/layout/page-header.tsx';
import { ButtonLink } from '@/components/ui/button.tsx';
import { EXPOSURE_SOURCES, type ExposureView } from '@/lib/core/model/exposure-view.ts';
import { type ExposureSearch, exposureAddress, exposureFileAddress } from '../search-params.ts';

const WORDS = { internet: 'internet', neighbour: 'peers and VPN' } as const;
const FROM = { internet: 'the internet', neighbour: 'peers and VPN' } as const;

/** The answer of the page: how many instances can be reached, of how many that anybody looked at. */
export function ExposureHead({
  search,
  view,
}: {
  readonly search: ExposureSearch;
  readonly view: ExposureView | null;
}) {
  const { from, kept } = search;
  return (
    <div className="tall-head pb-2.5">
      <PageHeader
        title="Exposure"
        isWhole
        answer={view === null || view.instances === 0 ? undefined : answerOf(view, FROM[from])}
      >
        <nav className="segmented" aria-label="Exposure from">
          {EXPOSURE_SOURCES.map((source) => (
            <Link
              key={source}
              href={exposureAddress(kept, { from: source })}
              aria-current={source === from ? 'true' : undefined}
              prefetch={false}
            >
              <span className="first-letter:uppercase">
                <span className="max-sm:hidden">From </span>
                {WORDS[source]}
              </span>
            </Link>
          ))}
        </nav>
        <a className="btn" data-kind="plain" href={exposureFileAddress(kept, from)} aria-label="Export" download>
          <Download size={14} strokeWidth={1.6} aria-hidden="true" />
          <span className="max-sm:hidden">Export</span>
        </a>
        <ButtonLink
          href={exposureAddress(kept, { ...search, path: null, tried: { accountId: '', region: '', groupId: '' } })}
          aria-label="Try a change"
          prefetch={false}
          scroll={false}
        >
          <FlaskConical size={14} strokeWidth={1.6} aria-hidden="true" />
          <span className="max-sm:hidden">Try a change</span>
        </ButtonLink>
      </PageHeader>
    </div>
  );
}

function answerOf({ reached, intendedOnly, lapsed, instances, looked, partial }: ExposureView, from: string): string {
  const unseen = instances - looked;
  const known = unseen === 0 && partial === 0;
  const doubts = [
    ...(unseen === 0 ? [] : [`${formatCount(unseen)} not looked at`]),
    ...(partial === 0 ? [] : [`${formatCount(partial)} only in part`]),
  ];
  const intended = [
    ...(intendedOnly === 0 ? [] : [`, ${formatCount(intendedOnly)} only as intended`]),
    ...(lapsed === 0 ? [] : [`, ${formatCount(lapsed)} not as intended any more`]),
  ].join('');
  const answer = `${known ? '' : 'At least '}${formatCount(reached)} of ${formatCount(instances)} instances can be reached from ${from}${intended}`;
  return doubts.length === 0 ? answer : `${answer}; ${doubts.join(', ')}`;
}
