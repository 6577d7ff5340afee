'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import type { NotReported } from '@/lib/core/model/vulnerability-view.ts';
import { explainVulnerabilityAction } from '../actions.ts';

const ANSWERS: Readonly<Record<NotReported['answer'], string>> = {
  reported: 'It is reported',
  hidden: 'It is there, and hidden',
  fixed: 'It was fixed',
  absent: 'It is not there',
  unknown: 'Not known',
};

interface Hit {
  readonly kind: string;
  readonly id: string;
  readonly label: string;
}

/** Asks the engine why it is, or is not, reported on one resource. */
export function WhyNot({ id }: { readonly id: string }) {
  const field = useId();
  const [text, setText] = useState('');
  const [answer, setAnswer] = useState<NotReported | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const wanted = text.trim();
  const hits = useQuery({
    queryKey: ['search', wanted],
    queryFn: async ({ signal }): Promise<readonly Hit[]> => {
      const found = await fetch(`/api/search?text=${encodeURIComponent(wanted)}`, { signal });
      if (!found.ok) throw new Error(`search answered ${found.status}`);
      return found.json();
    },
    enabled: wanted.length >= 2,
    staleTime: 60_000,
  });
  const resources = (hits.data ?? []).filter(({ kind }) => kind === 'resource').slice(0, 8);

  async function ask(event: FormEvent) {
    event.preventDefault();
    if (wanted === '') return;
    const named = resources.find(({ label, id: key }) => label === wanted || key === wanted) ?? resources[0];
    setAsking(true);
    setFailure(null);
    const result = await explainVulnerabilityAction({ vulnerability: id, resource: named?.id ?? wanted }).catch(
      () => null,
    );
    setAsking(false);
    if (result?.ok === true) setAnswer(result.value);
    else {
      setAnswer(null);
      setFailure(result?.message ?? 'The server did not answer. Ask again.');
    }
  }

  return (
    <section className="block-section">
      <h2 className="section-title" id={`${field}-title`}>
        Why is it not reported on …
      </h2>
      <form className="flex max-w-[560px] gap-2" onSubmit={(event) => void ask(event)}>
        <div className="field flex-1 sm:h-8">
          <input
            value={text}
            list={`${field}-hits`}
            aria-labelledby={`${field}-title`}
            placeholder="Name or id of a resource"
            autoComplete="off"
            maxLength={2_000}
            onChange={(event) => setText(event.target.value)}
          />
          <datalist id={`${field}-hits`}>
            {resources.map(({ id: key, label }) => (
              <option key={key} value={label}>
                {key}
              </option>
            ))}
          </datalist>
        </div>
        <Button type="submit" disabled={asking || wanted === ''}>
          {asking ? 'Asking' : 'Ask'}
        </Button>
      </form>
      {failure === null ? null : (
        <p role="alert" className="mt-2 text-12 text-danger">
          {failure}
        </p>
      )}
      {answer === null ? null : (
        <div className="mt-3 max-w-[720px]" role="status">
          <p className="font-medium">
            {ANSWERS[answer.answer]}:{' '}
            <Link href={`/resources/${encodeURIComponent(answer.resourceId)}`} className="hover:underline">
              <bdi>{answer.resourceName}</bdi>
            </Link>
          </p>
          <ul className="mt-1 list-disc pl-4 text-fg-2">
            {answer.reasons.map((reason) => (
              <li key={reason} className="break-words">
                <bdi>{reason}</bdi>
              </li>
            ))}
          </ul>
          {answer.findingId === null ? null : (
            <p className="mt-1">
              <Link href={`/findings/${answer.findingId}`} className="text-accent hover:underline">
                Open the finding
              </Link>
            </p>
          )}
        </div>
      )}
    </section>
  );
}
