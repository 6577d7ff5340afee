let opened = false;

/** Says that the reader has opened a cell, so that the focus goes to its panel when that comes. */
export function noteOpened(): void {
  opened = true;
}

/** Whether a cell was opened since this was last asked: a page that is loaded with a panel keeps the focus where it is. */
export function takeOpened(): boolean {
  const was = opened;
  opened = false;
  return was;
}
