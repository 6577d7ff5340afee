import type { Diagnostic } from '../model/diagnostic.ts';
import type { ImageFacts, LayerDescriptor } from '../model/image.ts';

/** One entry of a layer's tar, in the order of the archive. The body may be left unread. */
export interface LayerEntry {
  /** As written in the archive. */
  readonly path: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'hardlink' | 'other';
  readonly size: number;
  readonly mode: number;
  /** Where a link leads, as written. */
  readonly target: string | null;
  readonly body: AsyncIterable<Uint8Array>;
}

/** An image that can be read layer by layer: a folder or archive on disk, or a registry. */
export interface ImageSource {
  readonly facts: ImageFacts;
  /** What there was to say when it was opened. */
  readonly diagnostics?: readonly Diagnostic[];
  /**
   * The unpacked entries of a layer. Throws AppError at the end when the content has not the digest that names it, and at
   * once for layers that are kept elsewhere (foreign) or packed in a way that nobody knows.
   */
  openLayer(layer: LayerDescriptor, signal: AbortSignal): AsyncIterable<LayerEntry>;
  close(): Promise<void>;
}
