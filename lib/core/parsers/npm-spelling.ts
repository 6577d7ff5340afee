const NAME = /^(?:@[A-Za-z0-9*~._-]+\/)?[A-Za-z0-9*~._!'()-]+$/;
const NAME_LENGTH_MAX = 214;
const ARCHIVE = /\.(?:tgz|tar\.gz|tar)$/;

/** Whether a name can be one of npm's registry; old packages may have capitals and odd signs. */
export function isNpmName(name: string): boolean {
  return name.length <= NAME_LENGTH_MAX && NAME.test(name);
}

/** A resolved version, and neither a range, a tag nor an address. */
export function isNpmVersion(version: string): boolean {
  return /^\d[^\s:/]*$/.test(version);
}

export interface NameAndRest {
  readonly name: string;
  /** What follows the `@`; empty where there is none. */
  readonly rest: string;
}

/** `name@rest`, `@scope/name@rest`: the first `@` that does not start a scope parts them. */
export function splitNpmName(text: string): NameAndRest {
  const at = text.indexOf('@', 1);
  return at === -1 ? { name: text, rest: '' } : { name: text.slice(0, at), rest: text.slice(at + 1) };
}

/** Whether a local path is a packed package. A folder is part of the project; an archive was made elsewhere. */
export function isArchive(path: string): boolean {
  return ARCHIVE.test(path.slice(0, 4096));
}
