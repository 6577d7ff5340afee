import { expect, it } from 'vitest';
import type { Observation } from '../model/finding.ts';
import { findingKey } from '../model/ids.ts';
import { NO_FACTS } from '../model/resource-facts.ts';
import { assessNetwork } from './assess-network.ts';
import { DEFAULT_SCORING_TERMS } from './scoring-terms.ts';

const SSH: Observation = {
  key: findingKey('0'.repeat(32)),
  type: 'NETWORK_REACHABILITY',
  title: 'Port 22 is reachable from an Internet Gateway - TCP',
  packages: [],
  vulnerability: {
    id: 'NET-22-TCP-INTERNET',
    aliases: [],
    title: '22/tcp (SSH) can be reached from the internet',
    description: '',
    severity: 'MEDIUM',
    severitySource: 'Amazon Inspector',
    cvss: [],
    epss: null,
    kev: null,
    cwes: [],
    references: [],
    publishedAt: null,
  },
};

it('an open port is scored by its severity and by where it is, without a word of exploits', () => {
  const facts = { environment: 'prod', terms: DEFAULT_SCORING_TERMS, now: new Date('2026-11-29') };
  const [open] = assessNetwork([SSH], {
    ...facts,
    facts: { ...NO_FACTS, reach: 'internet', path: 'Internet, 22/tcp' },
  });
  const [inside] = assessNetwork([SSH], { ...facts, facts: { ...NO_FACTS, reach: 'peer' } });

  expect(open?.score.terms.find(({ factor }) => factor === 'exploitation')).toEqual({
    factor: 'exploitation',
    detail: 'An open port is a way in, not a flaw',
    value: 0,
  });
  expect(open?.score.terms[1]).toMatchObject({ factor: 'reachability', detail: 'Internet, 22/tcp' });
  expect(open?.score.score ?? 0).toBeGreaterThan(inside?.score.score ?? 10);
});
