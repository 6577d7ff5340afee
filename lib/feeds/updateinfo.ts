import { SaxesParser } from 'saxes';
import { type RawUpdate, toAdvisoryOfUpdate } from '../core/advisories/updateinfo.ts';
import type { Advisory } from '../core/model/advisory.ts';
import type { SkipCount } from './skip-count.ts';
import { unpackedChunks } from './unpacked.ts';

/** A full release unpacks to some 200 MiB. */
const UNPACKED_BYTES_MAX = 2 * 1024 * 1024 * 1024;
const TEXT_LENGTH_MAX = 100_000;
const PACKAGES_MAX = 20_000;
const DEPTH_MAX = 32;

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
interface Draft extends Mutable<Omit<RawUpdate, 'references' | 'packages'>> {
  readonly references: Mutable<RawUpdate['references'][number]>[];
  readonly packages: Mutable<RawUpdate['packages'][number]>[];
}

const TEXTS = new Set(['id', 'title', 'severity', 'description']);

/**
 * The advisories of an updateinfo.xml packed with gzip or zstd, read as a stream. An update that cannot be used is counted and passed by;
 * a file that is cut short, is no XML, or unpacks to far more than a feed can have throws.
 */
export async function* readUpdateinfo(
  path: string,
  release: { readonly ecosystem: string; readonly publisher: string },
  skips: SkipCount,
  signal: AbortSignal,
): AsyncGenerator<Advisory> {
  const finished: RawUpdate[] = [];
  const parser = updateParser((update) => finished.push(update));
  const decoder = new TextDecoder('utf-8', { fatal: false });
  for await (const chunk of unpackedChunks(path, { signal, bytesMax: UNPACKED_BYTES_MAX, mayBePlain: false })) {
    parser.write(decoder.decode(chunk, { stream: true }));
    yield* advisoriesOf(finished.splice(0), release, skips);
  }
  parser.close();
  yield* advisoriesOf(finished.splice(0), release, skips);
}

function* advisoriesOf(
  updates: readonly RawUpdate[],
  { ecosystem, publisher }: { readonly ecosystem: string; readonly publisher: string },
  skips: SkipCount,
): Generator<Advisory> {
  for (const update of updates) {
    const advisory = toAdvisoryOfUpdate(update, ecosystem, publisher);
    if ('refused' in advisory) {
      skips.add(advisory.refused);
    } else {
      yield advisory;
    }
  }
}

/** Collects one update after another; what stands outside of `<update>` is passed by. */
function updateParser(onUpdate: (update: RawUpdate) => void): SaxesParser {
  const parser = new SaxesParser();
  let draft: Draft | null = null;
  let element = '';
  let depth = 0;
  parser.on('error', (error) => {
    throw new Error(`it is not well-formed XML (${error.message.split('\n')[0]})`);
  });
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    if (depth > DEPTH_MAX) {
      throw new Error('its elements are nested too deeply');
    }
    const of = (key: string): string => String(attributes[key] ?? '');
    element = name;
    if (name === 'update') {
      draft = emptyDraft(of('status'), of('type'));
    } else if (draft !== null && (name === 'issued' || name === 'updated')) {
      draft[name] = of('date');
    } else if (draft !== null && name === 'reference') {
      draft.references.push({ id: of('id'), type: of('type'), href: of('href'), title: of('title') });
    } else if (draft !== null && name === 'package' && draft.packages.length < PACKAGES_MAX) {
      draft.packages.push({
        name: of('name'),
        epoch: of('epoch'),
        version: of('version'),
        release: of('release'),
        arch: of('arch'),
      });
    }
  });
  parser.on('text', (text) => {
    // `<name>` and `<filename>` of packages are texts too, of which nothing is needed.
    if (draft !== null && depth === 3 && TEXTS.has(element)) {
      const key = element as 'id' | 'title' | 'severity' | 'description';
      draft[key] = (draft[key] + text).slice(0, TEXT_LENGTH_MAX);
    }
  });
  parser.on('closetag', ({ name }) => {
    depth -= 1;
    element = '';
    if (name === 'update' && draft !== null) {
      onUpdate(draft);
      draft = null;
    }
  });
  return parser;
}

function emptyDraft(status: string, type: string): Draft {
  return {
    id: '',
    status,
    type,
    title: '',
    severity: '',
    description: '',
    issued: '',
    updated: '',
    references: [],
    packages: [],
  };
}
