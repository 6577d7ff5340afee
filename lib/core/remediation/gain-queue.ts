/** Changes by their keys, the highest first, and those with equal keys by their rank: a binary heap in flat arrays. */
export class GainQueue {
  size: number;
  private readonly heap: Uint32Array;
  private readonly keys: Float64Array;
  private readonly ranks: Uint32Array;

  /** `keys` and `ranks` are by change; the queue writes `keys` in place. */
  constructor(changes: ArrayLike<number>, keys: Float64Array, ranks: Uint32Array) {
    this.heap = Uint32Array.from(changes);
    this.size = changes.length;
    this.keys = keys;
    this.ranks = ranks;
    for (let at = (this.size >> 1) - 1; at >= 0; at -= 1) this.sink(at);
  }

  /** The change with the highest key; only while the queue has one. */
  get top(): number {
    return this.heap[0] as number;
  }

  /** Gives the top a key that is no higher than the one it has. */
  lowerTop(key: number): void {
    this.keys[this.top] = key;
    this.sink(0);
  }

  removeTop(): void {
    this.size -= 1;
    this.heap[0] = this.heap[this.size] as number;
    this.sink(0);
  }

  private sink(from: number): void {
    const moved = this.heap[from] as number;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.size) break;
      if (child + 1 < this.size && this.isBefore(this.heap[child + 1] as number, this.heap[child] as number))
        child += 1;
      if (!this.isBefore(this.heap[child] as number, moved)) break;
      this.heap[at] = this.heap[child] as number;
      at = child;
    }
    this.heap[at] = moved;
  }

  private isBefore(a: number, b: number): boolean {
    const difference = (this.keys[a] as number) - (this.keys[b] as number);
    return difference > 0 || (difference === 0 && (this.ranks[a] as number) < (this.ranks[b] as number));
  }
}
