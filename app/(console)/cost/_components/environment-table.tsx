import Link from 'next/link';
import { formatUsd } from '@/components/format/format-count.ts';
import { COST_KINDS } from '@/lib/core/model/cost.ts';
import type { CostOfEnvironment, CostView } from '@/lib/core/model/cost-view.ts';
import { KIND_WORDS } from '../kind-words.ts';
import { type CostSearch, costAddress } from '../search-params.ts';

interface Props {
  readonly view: CostView;
  readonly search: CostSearch;
}

/** The cost of each environment by resource type; what has no tag belongs to nobody. */
export function EnvironmentTable({ view: { environments }, search }: Props) {
  const most = Math.max(1, ...environments.map(({ cents }) => cents));
  const lost = environments.find(({ environment }) => environment === null);
  return (
    <section className="cost-section">
      <div className="section-head">
        <h2>By environment</h2>
        {lost === undefined ? null : (
          <span className="ml-auto text-12 text-fg-3">{formatUsd(lost.cents / 100)} cannot be attributed</span>
        )}
      </div>
      <div className="overflow-x-auto">
        <table className="table w-full sm:min-w-[640px]">
          <caption className="vh">Cost by environment</caption>
          <thead>
            <tr>
              <th>Env</th>
              <th className="w-[40%]">By resource type</th>
              {COST_KINDS.map((kind) => (
                <th key={kind} className="num max-sm:hidden">
                  {KIND_WORDS[kind].short}
                </th>
              ))}
              <th className="num">Month</th>
            </tr>
          </thead>
          <tbody>
            {environments.map((row) => (
              <tr key={row.environment ?? ''}>
                <td className="max-w-[180px] truncate font-medium">
                  {row.environment === null ? (
                    'No tag'
                  ) : (
                    <Link
                      prefetch={false}
                      className="hover:underline"
                      href={costAddress(search, { scope: { env: nameInAddress(row.environment) } })}
                    >
                      {row.environment}
                    </Link>
                  )}
                </td>
                <td>
                  <Bar row={row} most={most} />
                </td>
                {COST_KINDS.map((kind) => (
                  <td key={kind} className="num max-sm:hidden">
                    {formatUsd(row.kinds[kind] / 100)}
                  </td>
                ))}
                <td className="num font-medium">{formatUsd(row.cents / 100)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function nameInAddress(environment: string): string {
  return environment.replaceAll('%', '%25').replaceAll(',', '%2C');
}

/** Beside figures that say the same, for whoever sees it. */
function Bar({ row, most }: { readonly row: CostOfEnvironment; readonly most: number }) {
  return (
    <span className="cost-bar" aria-hidden="true">
      {COST_KINDS.filter((kind) => row.kinds[kind] > 0).map((kind) => (
        <i key={kind} className="cost-key" data-kind={kind} style={{ width: `${(row.kinds[kind] / most) * 100}%` }} />
      ))}
    </span>
  );
}
