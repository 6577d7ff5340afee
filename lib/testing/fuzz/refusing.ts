/** Readers may refuse an input with an error. An error of a kind that JavaScript raises by itself is a fault of ours. */
export async function refusing(work: () => Promise<unknown> | unknown): Promise<void> {
  try {
    await work();
  } catch (error) {
    const isFault = error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
    if (isFault || !(error instanceof Error)) {
      throw error;
    }
  }
}
