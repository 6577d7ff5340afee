import type { AdvisoryRecord, ExploitReference } from '../../core/model/advisory.ts';

/** What a release of an ecosystem has: `newest` in milliseconds of the epoch. */
export interface ReleaseCount {
  records: number;
  newest: number;
}

export interface OsvPackFacts {
  readonly kind: 'advisories';
  /** By OSV ecosystem with release. */
  readonly releases: Readonly<Record<string, ReleaseCount>>;
}

type Names = readonly [
  id: string,
  aliases: readonly string[],
  upstream: readonly string[],
  withdrawn: number | null,
  severities: AdvisoryRecord['severities'],
];

/**
 * What every match looks at. Names of members would be half of a short record, hence a row of values. Few records point to
 * an exploit; only those have the member. Where two sources hold one id, the one that was changed last counts.
 */
export type Identity =
  | readonly [...Names, modified: number]
  | readonly [...Names, exploits: readonly ExploitReference[], modified: number];

/** The exploits of an identity; undefined where it has none. */
export function exploitsIn(identity: Identity): readonly ExploitReference[] | undefined {
  return identity.length === 7 ? identity[5] : undefined;
}

/** What only a finding shows. */
export type Text = readonly [
  summary: string,
  details: string,
  published: number | null,
  cwes: readonly string[],
  references: readonly string[],
];

/**
 * An advisory whose text is read from its block on first use: most matches never show it. A class for once, since tens of
 * thousands of them with getters of their own each would be most of the memory of an open index.
 */
export class StoredRecord implements AdvisoryRecord {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly upstream: readonly string[];
  readonly withdrawn: Date | null;
  readonly severities: AdvisoryRecord['severities'];
  readonly exploits?: readonly ExploitReference[];
  readonly modified: Date;
  readonly #number: number;
  readonly #textOf: (number: number) => Text;

  constructor(identity: Identity, number: number, textOfAdvisory: (number: number) => Text) {
    const [id, aliases, upstream, withdrawn, severities] = identity;
    const exploits = exploitsIn(identity);
    this.id = id;
    this.aliases = aliases;
    this.upstream = upstream;
    this.withdrawn = withdrawn === null ? null : new Date(withdrawn);
    this.severities = severities;
    if (exploits !== undefined) {
      this.exploits = exploits;
    }
    this.modified = new Date(identity.length === 7 ? identity[6] : identity[5]);
    this.#number = number;
    this.#textOf = textOfAdvisory;
  }

  get summary(): string {
    return this.#textOf(this.#number)[0];
  }

  get details(): string {
    return this.#textOf(this.#number)[1];
  }

  get published(): Date | null {
    const at = this.#textOf(this.#number)[2];
    return at === null ? null : new Date(at);
  }

  get cwes(): readonly string[] {
    return this.#textOf(this.#number)[3];
  }

  get references(): readonly string[] {
    return this.#textOf(this.#number)[4];
  }
}
