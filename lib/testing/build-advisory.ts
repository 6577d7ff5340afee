import type { Advisory, RangeEvent } from '../core/model/advisory.ts';

export interface AdvisorySketch extends Partial<Omit<Advisory, 'affected'>> {
  readonly id: string;
  /** Ecosystem, normalized name and events of each affected package. */
  readonly affects: readonly (readonly [ecosystem: string, name: string, events: readonly RangeEvent[]])[];
}

/** An advisory from the few facts that a test is about. */
export function buildAdvisory({ affects, ...fields }: AdvisorySketch): Advisory {
  return {
    aliases: [],
    upstream: [],
    summary: '',
    details: '',
    published: null,
    modified: new Date('2026-01-01T00:00:00Z'),
    withdrawn: null,
    severities: [],
    cwes: [],
    references: [],
    ...fields,
    affected: affects.map(([ecosystem, name, events]) => ({
      ecosystem,
      name,
      ranges: [{ type: 'ECOSYSTEM', events }],
      versions: [],
    })),
  };
}
