/** No more than this left of the time for a fix is soon: `sla:soon` finds it, and its countdown warns. */
export const DUE_SOON_MS = 48 * 3_600_000;
