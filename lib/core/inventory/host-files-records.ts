import { gunzipSync } from 'node:zlib';

/** One archive of Java as the command read it. */
export interface HostArchive {
  /** Where it stands inside of the file; empty for the file itself. */
  readonly inside: string;
  /** `name`: nothing on the host could unpack it. */
  readonly how: 'read' | 'name';
  readonly manifest: string;
  readonly properties: string;
  /** Folders of its classes, cut after three, where it has no properties. */
  readonly folders: readonly string[];
  /** Archives that stand in it. */
  readonly nested: number;
}

/** What the command tells of a host. */
export interface HostRecords {
  /** Reduced files by their paths. */
  readonly files: ReadonlyMap<string, string>;
  readonly archives: ReadonlyMap<string, readonly HostArchive[]>;
  /** The database of rpm that was asked; null where there is none. */
  readonly rpmPath: string | null;
  /** Name, epoch, version, release, architecture, source, vendor, module. */
  readonly rpm: readonly (readonly string[])[];
  readonly owned: readonly { readonly path: string; readonly by: string; readonly vendor: string }[];
  readonly problems: readonly { readonly path: string; readonly message: string }[];
  /** Words for what was cut, lacks or was looked at, such as `limit time`. */
  readonly notes: ReadonlySet<string>;
}

/** Far more than the command writes; what unpacks to more was made to fill the memory. */
const BYTES_MAX = 64 * 1024 * 1024;
const RECORDS_MAX = 300_000;
const PROBLEMS_MAX = 200;
const NOTES_MAX = 20;

/** Reads the whole result of the command; a sentence where it is not what the command writes. */
export function readHostRecords(base64: string): HostRecords | string {
  const text = unpacked(base64);
  if (text === null) return 'The result of the command is no packed text.';
  const records = new RecordReader();
  let start = 0;
  for (let count = 0; start < text.length; count += 1) {
    const newline = text.indexOf('\n', start);
    const line = text.slice(start, newline === -1 ? text.length : newline);
    start = newline === -1 ? text.length : newline + 1;
    if (line === 'end') {
      return start === text.length ? records : 'The result of the command goes on behind its end.';
    }
    if (count >= RECORDS_MAX) return `The result of the command has more than ${RECORDS_MAX} lines.`;
    if (!records.take(line.split('\t', 12)))
      return 'The result of the command has lines that the command does not write.';
  }
  return 'The result of the command ends before its end: the host has no room for temporary files, or ended the command.';
}

function unpacked(base64: string): string | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return null;
  try {
    const bytes = gunzipSync(Buffer.from(base64, 'base64'), { maxOutputLength: BYTES_MAX });
    // Databases keep no such sign, and the command leaves it out.
    return bytes.includes(0) ? null : new TextDecoder().decode(bytes);
  } catch {
    // Not packed, damaged, or unpacks to more than is taken.
    return null;
  }
}

class RecordReader implements HostRecords {
  readonly files = new Map<string, string>();
  readonly archives = new Map<string, HostArchive[]>();
  rpmPath: string | null = null;
  readonly rpm: (readonly string[])[] = [];
  readonly owned: { path: string; by: string; vendor: string }[] = [];
  readonly problems: { path: string; message: string }[] = [];
  readonly notes = new Set<string>();

  /** False for a line that is no record. */
  take([kind = '', ...fields]: readonly string[]): boolean {
    const [first = '', second = '', third = ''] = fields;
    if (kind === 'rpm') {
      // What strangers wrote into a header may have a tab; such a package is counted as unreadable.
      this.rpm.push(fields);
      return true;
    }
    switch (`${kind} ${fields.length}`) {
      case 'file 2':
        this.files.set(plain(first), plain(second));
        return first !== '';
      case 'jar 7':
        return this.takeArchive(plain(first), fields.slice(1).map(plain));
      case 'rpmdb 1':
        this.rpmPath = plain(first);
        return first !== '';
      case 'own 3':
        this.owned.push({ path: plain(first), by: second, vendor: plain(third) });
        return true;
      case 'problem 2':
        if (this.problems.length < PROBLEMS_MAX) this.problems.push({ path: plain(first), message: plain(second) });
        return true;
      case 'limit 1':
      case 'missing 1':
      case 'lists 1':
        this.notes.add(`${kind} ${first}`);
        return this.notes.size <= NOTES_MAX;
      default:
        return false;
    }
  }

  private takeArchive(path: string, fields: readonly string[]): boolean {
    const [inside = '', how = '', manifest = '', properties = '', folders = '', nested = ''] = fields;
    if (path === '' || (how !== 'read' && how !== 'name') || !/^[0-9]{1,9}$/.test(nested)) return false;
    const parts = this.archives.get(path) ?? [];
    const known = folders.split('\n').filter((folder) => folder !== '');
    parts.push({ inside, how, manifest, properties, folders: known, nested: Number(nested) });
    this.archives.set(path, parts);
    return true;
  }
}

const SIGNS: Readonly<Record<string, string>> = { '%25': '%', '%09': '\t', '%0A': '\n', '%0D': '\r' };

/** A text as it was before the command wrote it into a record. */
function plain(text: string): string {
  return text.includes('%') ? text.replace(/%(?:25|09|0A|0D)/g, (sign) => SIGNS[sign] ?? sign) : text;
}
