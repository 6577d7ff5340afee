import { describe, expect, it } from 'vitest';
import { ALL_PLACES, coverageAddress, keptAt, ledgerAddress, parseCoverageSearch } from './search-params.ts';

const read = (address: string) =>
  parseCoverageSearch(Object.fromEntries(new URL(address, 'http://localhost').searchParams));

describe('the address of the page of coverage', () => {
  it('shows accounts, most unscanned first, when it says nothing', () => {
    expect(parseCoverageSearch({})).toMatchObject({
      by: 'account',
      order: 'gap',
      picked: null,
      filter: { kinds: [], states: [], reason: null, silent: false },
      cursor: null,
    });
  });

  it('falls back where it cannot be read', () => {
    const { by, order, picked, filter } = read(
      '/coverage?by=owner&sort=x&at=1&column=moon&kind=ec2,boat&state=asleep&silent=yes',
    );

    expect({ by, order, picked, filter }).toEqual({
      by: 'account',
      order: 'gap',
      picked: null,
      filter: { kinds: ['ec2'], states: [], reason: null, silent: false },
    });
  });

  it('is read as it was written', () => {
    const kept = { acct: '111122223333' };
    const picked = { place: 'eu-west-1', column: 'ecr' } as const;
    const grid = coverageAddress(kept, { by: 'region', order: 'name', picked });
    expect(grid).toBe('/coverage?acct=111122223333&sort=name&by=region&at=eu-west-1&column=ecr');
    expect(read(grid)).toMatchObject({ by: 'region', order: 'name', picked, kept });

    const list = ledgerAddress(kept, { kinds: ['host', 'sbom'], states: ['stale'], reason: 'LATE', silent: true });
    expect(read(list)).toMatchObject({
      by: 'resource',
      filter: { kinds: ['host', 'sbom'], states: ['stale'], reason: 'LATE', silent: true },
    });
  });

  it('has one word for everything that is not scanned', () => {
    const { states } = read('/coverage?by=resource&state=unscanned').filter;

    expect(states).not.toContain('scanned');
    expect(states.length).toBeGreaterThan(5);
    expect(ledgerAddress({}, { states })).toBe('/coverage?by=resource&state=unscanned');
  });

  it('narrows the scope to a place, and to none for everything', () => {
    const kept = { scope: 's_1', acct: '1', region: 'eu-west-1' };

    expect(keptAt(kept, 'account', '2')).toEqual({ scope: null, acct: '2', region: 'eu-west-1' });
    expect(keptAt(kept, 'region', 'us-east-1')).toEqual({ scope: 's_1', acct: '1', region: 'us-east-1' });
    expect(keptAt(kept, 'account', ALL_PLACES)).toBe(kept);
  });
});
