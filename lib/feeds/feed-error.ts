/** A source could not be used. The message is one sentence that names the source, what failed and the way out. */
export class FeedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FeedError';
  }
}
