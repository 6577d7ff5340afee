import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ScrollRegion } from '@/components/ui/scroll-region.tsx';
import { requireCaller } from '@/lib/auth/require-caller.ts';
import { isAllowed } from '@/lib/core/model/permissions.ts';
import { scoringTerms } from './scoring-terms.ts';

export const metadata: Metadata = { title: 'Scoring' };

export default async function ScoringPage() {
  const { caller } = await requireCaller();
  // Hidden from whoever may not see it, like its entry in the list of sections.
  if (!isAllowed(caller.role, 'settings:read')) {
    notFound();
  }
  const { version, date, groups } = scoringTerms();
  return (
    <section className="max-w-160">
      <div className="section-head">
        <h2>Scoring</h2>
        <span className="text-12 text-fg-3">
          Formula {version} of {date}, the default, is in force
        </span>
      </div>
      <p className="mb-4 text-fg-2">
        The risk score is a base and signed steps that add up, held between 0.0 and 10.0. Each finding shows its own
        steps and the formula that made them.
      </p>
      {groups.map(({ title, about, terms }) => (
        <section key={title} className="mb-5">
          <h3 className="font-semibold">{title}</h3>
          <p className="mb-1 text-12 text-fg-3">{about}</p>
          <ScrollRegion label={title}>
            <table className="table">
              <thead>
                <tr>
                  <th>Term</th>
                  <th className="num">Points</th>
                </tr>
              </thead>
              <tbody>
                {terms.map(({ name, points }) => (
                  <tr key={name}>
                    <td>{name}</td>
                    <td className="num">{points}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollRegion>
        </section>
      ))}
    </section>
  );
}
