import { expect, it } from 'vitest';
import { areSameTerms, DEFAULT_SCORING_TERMS, toScoringTerms } from '@/lib/core/risk/scoring-terms.ts';
import { termGroups } from './term-groups.ts';
import { termsOfForm } from './terms-of-form.ts';

/** The form as the page shows it. */
function shownForm(): FormData {
  const form = new FormData();
  for (const { fields } of termGroups(DEFAULT_SCORING_TERMS)) {
    for (const { name, points } of fields) form.set(name, points.toFixed(1));
  }
  for (const [name, points] of Object.entries(DEFAULT_SCORING_TERMS.environments)) {
    form.append('environmentName', name);
    form.append('environmentPoints', points.toFixed(1));
  }
  return form;
}

function read(form: FormData) {
  return toScoringTerms(termsOfForm(form), 'v2');
}

it('a form that nobody touched holds every point in force', () => {
  const terms = read(shownForm());

  expect(terms).not.toHaveProperty('faults');
  expect('faults' in terms || areSameTerms(terms, DEFAULT_SCORING_TERMS)).toBe(true);
});

it('each field changes its own point alone', () => {
  for (const { fields } of termGroups(DEFAULT_SCORING_TERMS)) {
    for (const { name } of fields) {
      const form = shownForm();
      form.set(name, 'much');
      expect(read(form)).toEqual({ faults: { [name]: expect.stringContaining('number') } });
    }
  }
});

it('a true minus and a comma are read, and an environment without a name is none', () => {
  const form = shownForm();
  form.set('reach.isolated', '−3,5');
  form.append('environmentName', ' QA-eu ');
  form.append('environmentPoints', '0.1');
  form.append('environmentName', '');
  form.append('environmentPoints', '');

  expect(read(form)).toMatchObject({ reach: { isolated: -3.5 }, environments: { prod: 0.3, 'qa-eu': 0.1 } });
});

it('an environment that is named twice is refused, in whatever case', () => {
  const form = shownForm();
  form.append('environmentName', 'PROD');
  form.append('environmentPoints', '0.1');

  expect(read(form)).toEqual({ faults: { environments: 'An environment has points twice.' } });
});
