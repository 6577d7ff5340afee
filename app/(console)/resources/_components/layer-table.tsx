import { formatBytes } from '@/components/format/format-bytes.ts';
import { formatCount } from '@/components/format/format-count.ts';
import { ScrollRegion } from '@/components/ui/scroll-region.tsx';
import type { ImageView } from '@/lib/core/model/views.ts';
import { FindingCount } from './finding-count.tsx';

const DIGEST_SHOWN = 12;

/** One image may hold the same layer twice, so a layer is told by its number from the base up. */
function numbered(layers: ImageView['layers']) {
  return layers.map((layer, place) => ({ ...layer, number: place + 1 }));
}

interface Props {
  readonly image: ImageView;
  /** Whether no findings means that there are none. */
  readonly proven: boolean;
}

/** The layers of an image from the base up, with what each one brought. */
export function LayerTable({ image, proven }: Props) {
  return (
    <section className="panel-block">
      <h3>
        Layers <span>from the base up</span>
      </h3>
      <ScrollRegion label="Layers of the image">
        <table className="table">
          <thead>
            <tr>
              <th className="num">No.</th>
              <th>Instruction</th>
              <th className="num">Packages</th>
              <th className="num">Open findings</th>
              <th className="num">Size</th>
              <th>Digest</th>
            </tr>
          </thead>
          <tbody>
            {numbered(image.layers).map((layer) => (
              <tr key={layer.number}>
                <td className="num">{layer.number}</td>
                <td className="max-w-[44ch] truncate" title={layer.instruction ?? undefined}>
                  {layer.instruction === null ? (
                    <span className="text-fg-3">not recorded</span>
                  ) : (
                    <code>{layer.instruction}</code>
                  )}
                </td>
                <td className="num">{formatCount(layer.packages)}</td>
                <td className="num">
                  <FindingCount count={layer.findings} proven={proven} />
                </td>
                <td className="num">{layer.bytes === 0 ? '–' : formatBytes(layer.bytes)}</td>
                <td title={layer.digest}>
                  <code>{layer.digest.replace('sha256:', '').slice(0, DIGEST_SHOWN)}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}
