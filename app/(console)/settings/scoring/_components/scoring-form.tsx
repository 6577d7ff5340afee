'use client';

import { useRef, useState, useTransition } from 'react';
import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { Button } from '@/components/ui/button.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import type { ScoringPreview } from '@/lib/core/model/scoring-preview.ts';
import { areSameTerms, DEFAULT_SCORING_TERMS, type ScoringTerms } from '@/lib/core/risk/scoring-terms.ts';
import { setScoringTermsAction } from '../actions.ts';
import { termGroups } from '../term-groups.ts';
import { termsOfForm } from '../terms-of-form.ts';
import { EnvironmentPoints } from './environment-points.tsx';
import { PointsTable } from './points-table.tsx';

interface Props {
  readonly terms: ScoringTerms;
  readonly mayChange: boolean;
}

/** The points of the risk score; what a change does to findings is said before it is saved. */
export function ScoringForm({ terms, mayChange }: Props) {
  const form = useRef<HTMLFormElement>(null);
  // Whether the fields begin with the default, since somebody asked for it.
  const [fromDefault, setFromDefault] = useState(false);
  const [preview, setPreview] = useState<ScoringPreview | null>(null);
  const [failure, setFailure] = useState<{
    readonly message: string;
    readonly fields: Readonly<Record<string, string>>;
  }>();
  const [pending, startTransition] = useTransition();
  const faults = failure?.fields ?? {};
  const shown = fromDefault ? DEFAULT_SCORING_TERMS : terms;
  const isUsual = areSameTerms(terms, DEFAULT_SCORING_TERMS);

  function send(isPreview: boolean) {
    if (form.current === null) return;
    const next = termsOfForm(new FormData(form.current));
    startTransition(async () => {
      const result = await setScoringTermsAction({ terms: next, basedOn: terms.version, preview: isPreview });
      setFailure(result.ok ? undefined : result);
      if (!result.ok) return;
      setPreview(isPreview ? result.value : null);
      if (!isPreview)
        showToast(`Saved: formula ${result.value.version} is in force. Stored findings follow in a moment.`);
    });
  }

  return (
    <section className="max-w-160">
      <div className="section-head">
        <h2>Scoring</h2>
        <span className="text-12 text-fg-3">
          Formula {terms.version}
          {isUsual ? ', the default,' : ''} is in force
        </span>
      </div>
      <p className="mb-4 text-fg-2">
        The risk score is a base and signed steps that add up, held between 0.0 and 10.0. Each finding shows its own
        steps and the formula that made them.
      </p>
      <form
        ref={form}
        key={fromDefault ? 'default' : 'in force'}
        noValidate
        onChange={() => setPreview(null)}
        onSubmit={(event) => {
          event.preventDefault();
          send(preview === null);
        }}
      >
        <fieldset disabled={!mayChange} className="min-w-0">
          {termGroups(shown).map((group) => (
            <PointsTable key={group.title} group={group} faults={faults} />
          ))}
          <EnvironmentPoints
            points={shown.environments}
            mayChange={mayChange}
            faults={faults}
            onChange={() => setPreview(null)}
          />
        </fieldset>
        <p role="alert" className="mb-2 text-danger empty:hidden">
          {failure?.message ?? ''}
        </p>
        <div role="status" className="empty:hidden">
          {preview === null ? null : <Effect preview={preview} />}
        </div>
        {mayChange ? (
          <div className="sticky bottom-0 flex flex-wrap items-center gap-2 border-t border-line bg-canvas py-3">
            <Button kind="primary" type="submit" disabled={pending}>
              {preview === null ? 'Preview' : 'Save points'}
            </Button>
            {isUsual && !fromDefault ? null : (
              <Button
                kind="ghost"
                onClick={() => {
                  setPreview(null);
                  setFailure(undefined);
                  setFromDefault(!fromDefault);
                }}
              >
                {fromDefault ? 'Back to what is in force' : 'Fill in the default'}
              </Button>
            )}
            <span className="text-12 text-fg-3">Nothing changes before you have seen what it does.</span>
          </div>
        ) : null}
      </form>
    </section>
  );
}

/** "214 of 4,231 open findings would rise, 12 would fall", and how many stand in each band. */
function Effect({ preview: { open, looked, raised, lowered, bands } }: { readonly preview: ScoringPreview }) {
  const part = looked === open ? formatCounted(open, 'open finding') : formatCounted(looked, 'open finding');
  return (
    <div className="mb-3 rounded-2 bg-sunken px-3 py-2">
      <p>
        Of {part} {formatCount(raised)} would rise and {formatCount(lowered)} would fall.
        {looked === open ? '' : ` Looked at an even part of the ${formatCount(open)} that are open.`}
      </p>
      <table className="mt-2 text-12">
        <thead className="text-fg-3">
          <tr>
            <th className="pr-6 text-left font-normal">Score</th>
            <th className="pr-6 text-right font-normal">Now</th>
            <th className="text-right font-normal">Then</th>
          </tr>
        </thead>
        <tbody>
          {bands.map(({ from, before, after }, at) => (
            <tr key={from}>
              <td className="pr-6">
                {at === 0
                  ? `${from.toFixed(1)} and more`
                  : `${from.toFixed(1)} to ${((bands[at - 1]?.from ?? 0) - 0.1).toFixed(1)}`}
              </td>
              <td className="num pr-6">{formatCount(before)}</td>
              <td className="num">{formatCount(after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
