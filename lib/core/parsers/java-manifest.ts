const LINES_MAX = 20_000;
const VALUE_LENGTH_MAX = 1024;
const WANTED: ReadonlySet<string> = new Set([
  'artifact-id',
  'automatic-module-name',
  'bundle-symbolicname',
  'bundle-version',
  'group-id',
  'implementation-title',
  'implementation-vendor-id',
  'implementation-version',
  'plugin-version',
  'short-name',
  'specification-version',
]);

/**
 * The attributes of a jar's manifest that say who it is, by name in small letters. What the main section does not have is
 * taken from the first section that does. Format: JAR File Specification, "Name-Value pairs and Sections".
 */
export function parseJavaManifest(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  let name = '';
  let value = '';
  const keep = (): void => {
    if (WANTED.has(name) && value.trim() !== '' && !values.has(name)) {
      values.set(name, value.trim());
    }
    name = '';
  };
  for (const line of text.split(/\r\n|\r|\n/, LINES_MAX)) {
    // A line of at most 72 bytes goes on behind a blank, in the middle of a word if need be.
    if (line.startsWith(' ')) {
      value = value.length < VALUE_LENGTH_MAX ? value + line.slice(1, VALUE_LENGTH_MAX) : value;
      continue;
    }
    keep();
    const colon = line.indexOf(':');
    name = line.slice(0, Math.max(0, colon)).toLowerCase();
    value = line.slice(colon + 1, colon + 1 + VALUE_LENGTH_MAX);
  }
  keep();
  return values;
}
