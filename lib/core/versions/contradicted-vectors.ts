import type { SchemeId } from './scheme.ts';

/** A published comparison that the ecosystem's own tool contradicts, and what the tool says. */
export interface ContradictedVector {
  readonly vector: string;
  readonly tool: string;
}

/**
 * Maven: asked of org.apache.maven.artifact.versioning.ComparableVersion, whose main method prints its comparison of two
 * versions (maven-artifact 3.8.7). `docs/accuracy.md` says how to ask again.
 */
export const CONTRADICTED_VECTORS: Partial<Record<SchemeId, readonly ContradictedVector[]>> = {
  maven: [
    { vector: '1-1 = 1-ga-1', tool: '1-1 > 1-ga-1' },
    { vector: '1.0.0-gradle-rework-beta3 < 1.0.0.RC7-3', tool: '1.0.0-gradle-rework-beta3 > 1.0.0.RC7-3' },
    { vector: '2.9.0-1 < 2.9.0.RC1', tool: '2.9.0-1 > 2.9.0.RC1' },
    { vector: '6.1.12.rc5 < 6.1.12rc1', tool: '6.1.12.rc5 > 6.1.12rc1' },
    { vector: '1.1.31.sec10 < 1.1.31_noneautotype', tool: '1.1.31.sec10 > 1.1.31_noneautotype' },
    { vector: '1.1.34.sec10 < 1.1.34_noneautotype', tool: '1.1.34.sec10 > 1.1.34_noneautotype' },
    { vector: '1.1.46.sec10 < 1.1.46_noneautotype', tool: '1.1.46.sec10 > 1.1.46_noneautotype' },
    { vector: '1.2.48.sec10 < 1.2.48_noneautotype', tool: '1.2.48.sec10 > 1.2.48_noneautotype' },
    { vector: '1.2.54.sec10 < 1.2.54_noneautotype', tool: '1.2.54.sec10 > 1.2.54_noneautotype' },
    { vector: '1.2.57.sec10 < 1.2.57_noneautotype', tool: '1.2.57.sec10 > 1.2.57_noneautotype' },
    { vector: '1.2.60.sec10 < 1.2.60_noneautotype', tool: '1.2.60.sec10 > 1.2.60_noneautotype' },
    { vector: '1.2.67.sec10 < 1.2.67_noneautotype', tool: '1.2.67.sec10 > 1.2.67_noneautotype' },
    { vector: '1.0.0rc0 < 1.0.beta8', tool: '1.0.0rc0 > 1.0.beta8' },
    { vector: '1.1.0-01-glassfish < 1.1.0.Beta1', tool: '1.1.0-01-glassfish > 1.1.0.Beta1' },
    { vector: '2-1 <= 2.0.a', tool: '2-1 > 2.0.a' },
  ],
};
