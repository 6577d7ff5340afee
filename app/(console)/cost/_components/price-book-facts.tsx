import Link from 'next/link';
import { formatDate } from '@/components/format/format-time.ts';
import { PRICE_BOOKS } from '@/lib/core/cost/price-books.ts';
import { METER_FACTS, type Price, type PriceMark } from '@/lib/core/model/cost.ts';
import type { CostView } from '@/lib/core/model/cost-view.ts';
import { priceWords } from '../price-words.ts';
import { type CostSearch, costAddress } from '../search-params.ts';

const MARK_WORDS: Readonly<Record<PriceMark, string>> = {
  default: 'default of this product',
  vendor: 'the vendor’s documents',
  public: 'other publications',
  inferred: 'inferred, not confirmed',
};

interface Props {
  readonly view: CostView;
  readonly search: CostSearch;
}

/** The prices by which the page counts, each with where it comes from, and whether the trial is counted. */
export function PriceBookFacts({ view: { book, withTrial }, search }: Props) {
  const prices = PRICE_BOOKS.find(({ id }) => id === book.id)?.prices ?? [];
  return (
    <section className="cost-section">
      <div className="section-head">
        <h2>Price book: {book.name}</h2>
        <Link className="more" prefetch={false} scroll={false} href={costAddress(search, { trial: !withTrial })}>
          {withTrial ? 'Count without the trial' : `Count the trial of ${book.trialDays} days`}
        </Link>
      </div>
      <p className="text-12 text-fg-2">
        From {book.source}; read on {formatDate(new Date(`${book.readOn}T00:00:00.000Z`))}. Months and hours are those
        of UTC, and an hour counts for what was there when it began. A trial begins for each account and resource type
        with the first resource that was seen. The cost of running this product is not in it.
      </p>
      <details className="mt-2">
        <summary className="cursor-pointer text-12 text-fg-2">{prices.length} prices</summary>
        <div className="overflow-x-auto">
          <table className="table w-full">
            <caption className="vh">Prices of the book {book.name}</caption>
            <thead>
              <tr>
                <th>Meter</th>
                <th className="num">Price</th>
                <th className="max-sm:hidden">Region</th>
                <th className="max-sm:hidden">From</th>
                <th>Source</th>
              </tr>
            </thead>
            <tbody>
              {prices.map((price) => (
                <Row key={`${price.meter} ${price.region} ${price.from}`} price={price} />
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}

function Row({ price }: { readonly price: Price }) {
  const { meter, region, from, mark } = price;
  return (
    <tr>
      <td>{METER_FACTS[meter].label}</td>
      <td className="num">{priceWords(price)}</td>
      <td className="max-sm:hidden">{region}</td>
      <td className="max-sm:hidden">{from}</td>
      <td className="text-fg-2">{MARK_WORDS[mark]}</td>
    </tr>
  );
}
