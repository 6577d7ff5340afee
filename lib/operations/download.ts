/** A file that is made while it is sent, so that its size does not matter. */
export interface Download {
  readonly name: string;
  /** Its media type. */
  readonly type: string;
  readonly parts: AsyncIterable<string>;
}
