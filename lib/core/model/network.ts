/** The configuration of one account's network in one region, as EC2 and Elastic Load Balancing tell it. */
export interface NetworkLists {
  /** Lists under the names of the API. */
  readonly lists: Readonly<Record<string, unknown>>;
  /** Lists that could not be read, and why in one sentence. */
  readonly unread: Readonly<Record<string, string>>;
}
