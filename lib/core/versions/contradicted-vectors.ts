import type { SchemeId } from './scheme.ts';

/** A published comparison that the ecosystem's own tool, or its specification, contradicts. */
export interface ContradictedVector {
  readonly vector: string;
  /** What is right, and what this scheme answers. */
  readonly truth: string;
  readonly authority: 'tool' | 'specification';
}

/**
 * Maven: asked of org.apache.maven.artifact.versioning.ComparableVersion, whose main method prints its comparison of two
 * versions (maven-artifact 3.8.7). `docs/accuracy.md` says how to ask again. In one place the tool goes round in a
 * circle (1.x.1 < 1-b < 1 < 1.x.1), which no order can; there the specification decides: ".x" is "-x", and "-number" comes
 * before ".number".
 */
export const CONTRADICTED_VECTORS: Partial<Record<SchemeId, readonly ContradictedVector[]>> = {
  maven: [
    {
      vector: '3.6.2.FL.20090615 < 3.6.2-FL-2009-05-11',
      truth: '3.6.2.FL.20090615 > 3.6.2-FL-2009-05-11',
      authority: 'specification',
    },
    { vector: '1-1 = 1-ga-1', truth: '1-1 > 1-ga-1', authority: 'tool' },
    {
      vector: '1.0.0-gradle-rework-beta3 < 1.0.0.RC7-3',
      truth: '1.0.0-gradle-rework-beta3 > 1.0.0.RC7-3',
      authority: 'tool',
    },
    { vector: '2.9.0-1 < 2.9.0.RC1', truth: '2.9.0-1 > 2.9.0.RC1', authority: 'tool' },
    { vector: '6.1.12.rc5 < 6.1.12rc1', truth: '6.1.12.rc5 > 6.1.12rc1', authority: 'tool' },
    { vector: '1.1.31.sec10 < 1.1.31_noneautotype', truth: '1.1.31.sec10 > 1.1.31_noneautotype', authority: 'tool' },
    { vector: '1.1.34.sec10 < 1.1.34_noneautotype', truth: '1.1.34.sec10 > 1.1.34_noneautotype', authority: 'tool' },
    { vector: '1.1.46.sec10 < 1.1.46_noneautotype', truth: '1.1.46.sec10 > 1.1.46_noneautotype', authority: 'tool' },
    { vector: '1.2.48.sec10 < 1.2.48_noneautotype', truth: '1.2.48.sec10 > 1.2.48_noneautotype', authority: 'tool' },
    { vector: '1.2.54.sec10 < 1.2.54_noneautotype', truth: '1.2.54.sec10 > 1.2.54_noneautotype', authority: 'tool' },
    { vector: '1.2.57.sec10 < 1.2.57_noneautotype', truth: '1.2.57.sec10 > 1.2.57_noneautotype', authority: 'tool' },
    { vector: '1.2.60.sec10 < 1.2.60_noneautotype', truth: '1.2.60.sec10 > 1.2.60_noneautotype', authority: 'tool' },
    { vector: '1.2.67.sec10 < 1.2.67_noneautotype', truth: '1.2.67.sec10 > 1.2.67_noneautotype', authority: 'tool' },
    { vector: '1.0.0rc0 < 1.0.beta8', truth: '1.0.0rc0 > 1.0.beta8', authority: 'tool' },
    { vector: '1.1.0-01-glassfish < 1.1.0.Beta1', truth: '1.1.0-01-glassfish > 1.1.0.Beta1', authority: 'tool' },
    { vector: '2-1 <= 2.0.a', truth: '2-1 > 2.0.a', authority: 'tool' },
  ],
};
