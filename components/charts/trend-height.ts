/** Height of the chart in px, also of its table and of its skeleton. */
export const TREND_HEIGHT = 236;
