'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { RulePreview } from '@/lib/operations/suppression/preview-suppression-rule.ts';

const PAUSE_MILLISECONDS = 250;

interface Preview {
  readonly preview: RulePreview | null;
  /** Why there is none, in one sentence. */
  readonly refused: string | null;
  /** The figures shown are of an earlier text. */
  readonly isBehind: boolean;
}

/** What a rule with this query would hide, a moment after the last letter was typed. */
export function useRulePreview(query: string): Preview {
  const [asked, setAsked] = useState(query.trim());
  useEffect(() => {
    const timer = setTimeout(() => setAsked(query.trim()), PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [query]);
  const { data, error, isFetching, isPlaceholderData } = useQuery({
    queryKey: ['rule-preview', asked],
    enabled: asked !== '',
    queryFn: ({ signal }) => fetchPreview(asked, signal),
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 10_000,
  });
  const isEmpty = asked === '';
  return {
    preview: isEmpty || error ? null : (data ?? null),
    refused: isEmpty || !error ? null : error.message,
    isBehind: isFetching || isPlaceholderData || asked !== query.trim(),
  };
}

async function fetchPreview(query: string, signal: AbortSignal): Promise<RulePreview> {
  const answer = await fetch(`/api/suppression/preview?q=${encodeURIComponent(query)}`, { signal });
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok) return body as RulePreview;
  const message = (body as { readonly error?: { readonly message?: string } } | null)?.error?.message;
  throw new Error(message ?? 'The preview did not load. Change the query to try again.');
}
