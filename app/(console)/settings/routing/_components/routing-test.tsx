'use client';

import { useState } from 'react';
import { TextField } from '@/components/ui/text-field.tsx';
import { createRouter, type Decision, type RoutingRule } from '@/lib/core/findings/routing.ts';
import { listOf } from '../rule-draft.ts';
import type { RoutingPerson } from './routing-editor.tsx';

interface Props {
  readonly rules: readonly RoutingRule[];
  readonly people: readonly RoutingPerson[];
}

/** Who would get the findings of a resource with these facts, by the rules as they stand on the page. */
export function RoutingTest({ rules, people }: Props) {
  const [facts, setFacts] = useState({ name: '', account: '', tags: '', path: '' });
  const field = (name: keyof typeof facts) => ({
    value: facts[name],
    autoComplete: 'off',
    onChange: (event: { readonly target: { readonly value: string } }) =>
      setFacts({ ...facts, [name]: event.target.value }),
  });
  const pairs = listOf(facts.tags).map((pair) => {
    const at = pair.indexOf('=');
    return at < 0 ? [pair, ''] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  });
  const { owner, team } = createRouter(rules)({
    tags: Object.fromEntries(pairs),
    accountId: facts.account.trim(),
    organizationalUnit: '',
    region: '',
    kind: 'ec2',
    resourceName: facts.name.trim(),
    paths: facts.path.trim() === '' ? [] : [facts.path.trim()],
  });
  const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? id;
  const said = (decision: Decision | null) =>
    decision === null ? 'nobody' : `${nameOf(decision.value)} (${decision.why})`;
  return (
    <section className="mt-6">
      <h3 className="mb-2 font-semibold">Test on an EC2 instance</h3>
      <div className="grid items-start gap-3 sm:grid-cols-4">
        <TextField label="Resource" {...field('name')} />
        <TextField label="Account" {...field('account')} />
        <TextField label="Its tags" hint="Team=payments, Env=prod" {...field('tags')} />
        <TextField label="Path" {...field('path')} />
      </div>
      <p role="status" className="mt-2">
        Owner: <bdi>{said(owner)}</bdi>. Team: <bdi>{said(team)}</bdi>.
      </p>
    </section>
  );
}
