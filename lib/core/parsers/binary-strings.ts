import type { Package } from '../model/package.ts';
import { BINARY_RULES, type BinaryRule } from './binary-rules.ts';
import type { Executable } from './executable-format.ts';
import { languagePackage } from './language-package.ts';

const SCAN_BYTES_MAX = 64 * 1024 * 1024;
const WINDOW_BYTES = 4 * 1024 * 1024;
/** A text that lies across the edge of two windows is whole in the second one. */
const OVERLAP_BYTES = 256;
const AFTER_BYTES = 96;
/** Parts that hold texts, in the files of each format. */
const TEXT_SECTION = /^(?:\.rodata.*|\.data\.rel\.ro|\.data|\.rdata|__cstring|__const)$/;

export interface BinaryMatch {
  readonly package: Package;
  /** The text that told it. */
  readonly evidence: string;
}

/** The rules that a file's name calls for. */
export function rulesFor(path: string): readonly BinaryRule[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.length > 64 ? [] : BINARY_RULES.filter((rule) => rule.file.test(name));
}

/** The program that a file is, by the first rule for its name whose text it holds; null where there is none. */
export async function recogniseBinary(executable: Executable, path: string): Promise<BinaryMatch | null> {
  for (const rule of rulesFor(path)) {
    const group = rule.file.exec(path.slice(path.lastIndexOf('/') + 1))?.[1] ?? '';
    const found = await findText(executable, rule, group);
    const version = found === null ? '' : `${group === '' ? '' : `${group}.`}${found.version}`;
    const pkg = languagePackage({
      ecosystem: 'generic',
      name: rule.name,
      version,
      packageManager: 'OTHER',
      path,
      confidence: rule.confidence,
    });
    if (found !== null && pkg !== null) {
      return { package: pkg, evidence: found.evidence };
    }
  }
  return null;
}

interface FoundText {
  readonly version: string;
  readonly evidence: string;
}

async function findText(executable: Executable, rule: BinaryRule, group: string): Promise<FoundText | null> {
  const before = Buffer.from(rule.before.replace('%', group), 'latin1');
  let left = SCAN_BYTES_MAX;
  for (const { offset, size } of placesOf(executable)) {
    const end = offset + Math.min(size, left);
    left -= Math.min(size, left);
    for (let at = offset; at < end; at += WINDOW_BYTES - OVERLAP_BYTES) {
      const bytes = await executable.source.read(at, Math.min(at + WINDOW_BYTES, end));
      if (bytes === null || bytes.length === 0) {
        break;
      }
      const found = findInWindow(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), before, rule.version);
      if (found !== null) {
        return found;
      }
    }
  }
  return null;
}

function findInWindow(bytes: Buffer, before: Buffer, version: RegExp): FoundText | null {
  for (let at = bytes.indexOf(before); at !== -1; at = bytes.indexOf(before, at + 1)) {
    const start = at + before.length;
    const first = bytes[start] ?? 0;
    // Versions start with a digit, which spares most of the attempts where the text before is a mere end.
    if (first < 0x30 || first > 0x39) {
      continue;
    }
    const after = bytes.toString('latin1', start, start + AFTER_BYTES);
    version.lastIndex = 0;
    const match = version.exec(after);
    if (match?.[1] !== undefined) {
      const evidence = `${before.toString('latin1')}${match[0]}`;
      return { version: match[1], evidence: evidence.replace(/[^ -~]/g, '') };
    }
  }
  return null;
}

/** Where texts lie: the parts made for them, or the start of the file where it has no names for its parts. */
function placesOf({ sections }: Executable): readonly { readonly offset: number; readonly size: number }[] {
  const named = sections.filter(({ name, size }) => size > 0 && TEXT_SECTION.test(name));
  return named.length === 0 ? [{ offset: 0, size: SCAN_BYTES_MAX }] : named;
}
