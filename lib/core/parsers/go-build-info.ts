import { type Executable, readAddress, type Section } from './executable-format.ts';

export interface GoBuildInfo {
  /** As the toolchain writes it, such as `go1.20.4`. */
  readonly goVersion: string;
  /** Lines of the module list; empty where the program was built without modules. */
  readonly modules: string;
}

const MAGIC = Buffer.from('\xff Go buildinf:', 'latin1');
const ALIGNMENT = 16;
const HEADER_BYTES = 32;
const CHUNK_BYTES = 1024 * 1024;
const SEARCH_BYTES_MAX = 64 * 1024 * 1024;
const VERSION_BYTES_MAX = 1024;
const MODULES_BYTES_MAX = 16 * 1024 * 1024;
const MARK_BYTES = 16;

/**
 * What the Go linker wrote about a program: since Go 1.18 as two strings behind a header, before that as addresses of
 * strings. Null where the program is none of Go. Format: the package debug/buildinfo of Go's standard library.
 */
export async function readGoBuildInfo(executable: Executable): Promise<GoBuildInfo | null> {
  const section = placeOf(executable);
  const at = section === null ? null : await findHeader(executable, section);
  const header = at === null ? null : await executable.source.read(at, at + HEADER_BYTES);
  if (at === null || header === null || header.length < HEADER_BYTES) {
    return null;
  }
  const isInline = ((header[15] ?? 0) & 2) !== 0;
  const texts = isInline ? await inlineTexts(executable, at + HEADER_BYTES) : await pointedTexts(executable, header);
  return texts === null || texts.version === '' ? null : { goVersion: texts.version, modules: unframed(texts.modules) };
}

/** Its own section where there are names; in a stripped file the first part that is written to. */
function placeOf({ format, sections, segments }: Executable): Section | null {
  const named = sections.find(({ name }) => name === '.go.buildinfo' || name === '__go_buildinfo');
  // Every linker of Go for ELF and Mach-O names the section, so a file with names and without this one is not Go's.
  const isSilent = format !== 'PE' && sections.length > 0;
  return named ?? (isSilent ? null : (segments.find(({ isWritable, size }) => isWritable && size > 0) ?? null));
}

async function findHeader(executable: Executable, { address, offset, size }: Section): Promise<number | null> {
  const skip = (ALIGNMENT - (address % ALIGNMENT)) % ALIGNMENT;
  const end = offset + Math.min(size, SEARCH_BYTES_MAX);
  for (let at = offset + skip; at < end; at += CHUNK_BYTES) {
    const chunk = await executable.source.read(at, Math.min(at + CHUNK_BYTES, end));
    if (chunk === null || chunk.length === 0) {
      return null;
    }
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    for (let found = bytes.indexOf(MAGIC); found !== -1; found = bytes.indexOf(MAGIC, found + 1)) {
      if (found % ALIGNMENT === 0) {
        return at + found;
      }
    }
  }
  return null;
}

interface Texts {
  readonly version: string;
  readonly modules: Uint8Array;
}

async function inlineTexts({ source }: Executable, at: number): Promise<Texts | null> {
  const version = await inlineText(source, at, VERSION_BYTES_MAX);
  const modules = version === null ? null : await inlineText(source, version.end, MODULES_BYTES_MAX);
  return version === null || modules === null ? null : { version: decode(version.bytes), modules: modules.bytes };
}

/** A length of seven bits a byte, then the text. */
async function inlineText(source: Executable['source'], at: number, bytesMax: number) {
  const prefix = (await source.read(at, at + 5)) ?? new Uint8Array(0);
  let length = 0;
  let used = 0;
  for (const byte of prefix) {
    length += (byte & 0x7f) * 2 ** (7 * used);
    used += 1;
    if (byte < 0x80) {
      break;
    }
  }
  const bytes = used === 0 || length > bytesMax ? null : await source.read(at + used, at + used + length);
  return bytes === null || bytes.length < length ? null : { bytes, end: at + used + length };
}

async function pointedTexts(executable: Executable, header: Uint8Array): Promise<Texts | null> {
  const size = header[14] ?? 0;
  const little = ((header[15] ?? 0) & 1) === 0;
  if (size !== 4 && size !== 8) {
    return null;
  }
  const word = (bytes: Uint8Array, at: number): number => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return size === 8 ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little);
  };
  const textAt = async (address: number, bytesMax: number): Promise<Uint8Array> => {
    const string = await readAddress(executable, address, size * 2);
    const length = string?.length === size * 2 ? word(string, size) : 0;
    const bytes =
      string === null || length === 0 || length > bytesMax
        ? null
        : await readAddress(executable, word(string, 0), length);
    return bytes?.length === length ? bytes : new Uint8Array(0);
  };
  const version = await textAt(word(header, 16), VERSION_BYTES_MAX);
  return { version: decode(version), modules: await textAt(word(header, 16 + size), MODULES_BYTES_MAX) };
}

/** The module list stands between two marks of sixteen bytes. */
function unframed(modules: Uint8Array): string {
  const isFramed = modules.length > MARK_BYTES * 2 && modules.at(-MARK_BYTES - 1) === 0x0a;
  return isFramed ? decode(modules.subarray(MARK_BYTES, -MARK_BYTES)) : '';
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
