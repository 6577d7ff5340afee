import Link from 'next/link';
import { SeverityGlyph } from '@/components/findings/severity-glyph.tsx';
import { formatCount } from '@/components/format/format-count.ts';
import { formatMoment } from '@/components/format/format-time.ts';
import { EmptyState, PartialStrip } from '@/components/ui/block-state.tsx';
import { Button } from '@/components/ui/button.tsx';
import { ScrollRegion } from '@/components/ui/scroll-region.tsx';
import { SelectField } from '@/components/ui/select-field.tsx';
import type { ComparedFindings, ScanComparison } from '@/lib/core/model/estate.ts';
import type { ResourceScan } from '@/lib/core/model/views.ts';

interface FormProps {
  /** Newest first. */
  readonly scans: readonly ResourceScan[];
  readonly from: string;
  readonly to: string;
  readonly now: Date;
}

/** Which two scans; a plain form, so that the address says it. */
export function ComparisonForm({ scans, from, to, now }: FormProps) {
  const options = scans.map((scan) => ({
    value: scan.id,
    label: `${formatMoment(scan.endedAt, now)}, ${scan.scanType}${scan.outcome === 'complete' ? '' : `, ${scan.outcome}`}`,
  }));
  return (
    <form className="flex flex-wrap items-end gap-3 py-3" aria-label="Scans to compare">
      <input type="hidden" name="tab" value="compare" />
      <SelectField label="From" name="from" defaultValue={from} options={options} />
      <SelectField label="To" name="to" defaultValue={to} options={options} />
      <Button type="submit" className="sm:!h-8">
        Compare
      </Button>
    </form>
  );
}

interface Props {
  readonly comparison: ScanComparison;
  readonly now: Date;
}

/** Findings that opened and that closed between two scans of a resource. */
export function ScanComparisonView({ comparison: { from, to, opened, closed }, now }: Props) {
  const partial = [from, to].filter(({ outcome }) => outcome !== 'complete');
  return (
    <>
      <p className="text-fg-2" role="status">
        From {formatMoment(from.endedAt, now)} to {formatMoment(to.endedAt, now)}: {formatCount(opened.count)} opened,{' '}
        {formatCount(closed.count)} closed.
      </p>
      {partial.length === 0 ? null : (
        <div className="mt-2">
          <PartialStrip>
            {partial.length === 2
              ? 'Neither scan is'
              : `The scan of ${formatMoment(partial[0]?.endedAt ?? now, now)} is not`}{' '}
            complete: what it did not see has not closed.
          </PartialStrip>
        </div>
      )}
      <Side title="Opened" findings={opened} none="Nothing opened between them." />
      <Side title="Closed" findings={closed} none="Nothing closed between them." />
    </>
  );
}

interface SideProps {
  readonly title: string;
  readonly findings: ComparedFindings;
  readonly none: string;
}

function Side({ title, findings: { count, shown }, none }: SideProps) {
  return (
    <section className="panel-block" aria-label={title}>
      <h3>
        {title} <span>{formatCount(count)}</span>
      </h3>
      {count === 0 ? (
        <p className="text-fg-3">{none}</p>
      ) : (
        <ScrollRegion label={title}>
          <table className="table">
            <thead>
              <tr>
                <th aria-label="Severity" />
                <th>Vulnerability</th>
                <th>Package</th>
                <th>Why</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((finding) => (
                <tr key={finding.id}>
                  <td className="w-6">
                    <SeverityGlyph severity={finding.severity} />
                  </td>
                  <td>
                    <Link href={`/findings/${finding.id}`} className="font-medium hover:underline" prefetch={false}>
                      {finding.vulnerabilityId}
                    </Link>
                  </td>
                  <td>
                    <bdi>{finding.packageName}</bdi> <code className="text-fg-3">{finding.packageVersion}</code>
                  </td>
                  <td className="max-w-100 truncate text-fg-2" title={finding.detail}>
                    {finding.detail}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      {shown.length < count ? (
        <p className="text-12 text-fg-3">The gravest {formatCount(shown.length)} of them.</p>
      ) : null}
    </section>
  );
}

export function TooFewScans() {
  return (
    <div className="max-w-[640px] pt-3">
      <EmptyState kind="unknown" title="There are no two scans to compare">
        A comparison needs two scans of the last 14 days that read something.
      </EmptyState>
    </div>
  );
}
