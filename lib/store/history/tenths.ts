/** Scores of events are whole tenths; -1 is "no score". */
export function fromTenths(tenths: number): number | null {
  return tenths < 0 ? null : tenths / 10;
}
