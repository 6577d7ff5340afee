/** A resource counts as scanned while its last complete scan is not older than this. Hours. */
export const SCAN_WINDOW_HOURS = 48;
