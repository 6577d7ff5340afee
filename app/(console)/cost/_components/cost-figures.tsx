import { formatShare, formatUsd } from '@/components/format/format-count.ts';
import type { CostOfKind, CostView } from '@/lib/core/model/cost-view.ts';
import { KIND_WORDS } from '../kind-words.ts';
import { termWords, trialWords } from '../term-words.ts';

/** The whole, and beside it each resource type with what makes its figure: count, hours and price. */
export function CostFigures({ view }: { readonly view: CostView }) {
  return (
    <dl className="cost-figures">
      <div>
        <dt>{view.isOver ? 'Month' : 'Month to date'}</dt>
        <dd className="cost-total">{formatUsd(view.cents / 100)}</dd>
        {view.forecastCents === null ? null : (
          <dd className="text-12 text-fg-2">
            {formatUsd(view.forecastCents / 100)} by its end, if instances and functions stay as they are
          </dd>
        )}
        <dd className="text-12 text-fg-3">
          {view.withTrial
            ? `The first ${view.book.trialDays} days of each resource type are free`
            : 'Without the free trial'}
        </dd>
      </div>
      {view.kinds.map((kind) => (
        <Figure key={kind.kind} figure={kind} hours={view.hoursCounted} />
      ))}
    </dl>
  );
}

function Figure({
  figure: { kind, cents, share, terms },
  hours,
}: {
  readonly figure: CostOfKind;
  readonly hours: number;
}) {
  return (
    <div>
      <dt className="flex items-center gap-2">
        <i className="cost-key" data-kind={kind} aria-hidden="true" />
        {KIND_WORDS[kind].long}
        <span className="ml-auto text-fg-3">{formatShare(share)}</span>
      </dt>
      <dd className="cost-amount">{formatUsd(cents / 100)}</dd>
      {terms.length === 0 ? <dd className="text-12 text-fg-3">none</dd> : null}
      {terms.map((term) => (
        <dd key={`${term.meter} ${term.price?.region ?? ''}`} className="text-12 text-fg-3">
          {termWords(term, hours)}
          <span className="text-fg-3">{nameOf(term.meter)}</span>
          {trialWords(term) === '' ? null : <span className="block">{trialWords(term)}</span>}
        </dd>
      ))}
    </div>
  );
}

/** Of two meters under one figure, the second says what it is. */
function nameOf(meter: CostOfKind['terms'][number]['meter']): string {
  if (meter === 'ec2-agentless') return ', agentless';
  if (meter === 'ecr-again') return ', again';
  return meter === 'lambda-code' ? ', code' : '';
}
