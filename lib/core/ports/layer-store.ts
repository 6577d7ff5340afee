/** Keeps what was read of layers, by a key that changes whenever the readers do. Losing an entry costs time alone. */
export interface LayerStore {
  get(key: string): Promise<Uint8Array | null>;
  put(key: string, content: Uint8Array): Promise<void>;
}
