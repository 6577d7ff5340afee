import { formatUsd } from '@/components/format/format-count.ts';
import { BUILT_IN_BOOK, PRICE_BOOKS, priceOn } from '@/lib/core/cost/price-books.ts';
import type { Meter } from '@/lib/core/model/cost.ts';
import type { CostView } from '@/lib/core/model/cost-view.ts';
import { priceWords } from '../price-words.ts';

interface Service {
  readonly name: string;
  readonly finds: string;
  readonly covers: string;
  readonly meter: Meter;
  /** What has to be known for its cost; null where it is. */
  readonly needs: string | null;
}

const SERVICES: readonly Service[] = [
  {
    name: 'Inspector',
    finds: 'CVEs, exposure, code flaws',
    covers: 'EC2, ECR, Lambda',
    meter: 'ec2-agent',
    needs: null,
  },
  {
    name: 'GuardDuty',
    finds: 'Malware, misuse of access',
    covers: 'Accounts, workloads',
    meter: 'guardduty-events',
    needs: 'Needs CloudTrail volume',
  },
  {
    name: 'Macie',
    finds: 'Personal and sensitive data',
    covers: 'S3 objects',
    meter: 'macie-gigabytes',
    needs: 'Needs S3 volume',
  },
];

/** What the neighbours of the scan service find and charge. What is not known here is in no figure. */
export function ServiceTable({ view }: { readonly view: CostView }) {
  const book = PRICE_BOOKS.find(({ id }) => id === view.book.id) ?? BUILT_IN_BOOK;
  return (
    <section className="cost-section">
      <div className="section-head flex-wrap">
        <h2>Beside the other services</h2>
        <span className="text-12 text-fg-3">They answer different questions, so these are not substitutes</span>
      </div>
      <div className="overflow-x-auto">
        <table className="table w-full sm:min-w-[640px]">
          <caption className="vh">Inspector, GuardDuty and Macie</caption>
          <thead>
            <tr>
              <th>Service</th>
              <th className="max-sm:hidden">Finds</th>
              <th className="max-sm:hidden">Covers</th>
              <th className="num max-sm:hidden">Unit price</th>
              <th className="num">Month</th>
            </tr>
          </thead>
          <tbody>
            {SERVICES.map(({ name, finds, covers, meter, needs }) => {
              const price = priceOn(book, meter, book.region, `${view.month}-01`);
              return (
                <tr key={name}>
                  <td className="font-medium">{name}</td>
                  <td className="max-sm:hidden">{finds}</td>
                  <td className="text-fg-2 max-sm:hidden">{covers}</td>
                  <td className="num max-sm:hidden">
                    {price === null ? 'no price' : `${needs === null ? 'From ' : ''}${priceWords(price)}`}
                  </td>
                  <td className="num">
                    {needs === null ? (
                      <span className="font-medium">{formatUsd(view.cents / 100)}</span>
                    ) : (
                      <span className="text-fg-3">{needs}</span>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className="mt-2 text-12 text-fg-3">
        How many events and how much data there are is not known here, so GuardDuty and Macie are in no figure of this
        page.
      </p>
    </section>
  );
}
