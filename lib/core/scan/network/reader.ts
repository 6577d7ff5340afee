import type { Diagnostic } from '../../model/diagnostic.ts';
import { asObject, asText } from '../../model/raw.ts';

export type Raw = Readonly<Record<string, unknown>>;

/** Lists of a topology file that are read elsewhere than by name, or that decide nothing of reachability. */
const KNOWN = ['EgressOnlyInternetGateways', 'NatGateways'];
const TOLD_MAX = 200;

/** Lists of a topology file by name, and the diagnostics of what could not be read of them. */
export class Reader {
  readonly #file: Raw;
  readonly #asked = new Set(KNOWN);
  readonly #told = new Set<string>();
  readonly diagnostics: Diagnostic[] = [];

  constructor(file: unknown) {
    this.#file = asObject(file) ?? {};
    if (asObject(file) === null) this.tell('The topology is no JSON object, so nothing is known of it.', null);
  }

  /** The objects of a list; those without the id that names them are left out. */
  list(name: string, id: string | null): readonly Raw[] {
    this.#asked.add(name);
    const raw = this.#file[name];
    if (raw === undefined || raw === null) return [];
    if (!Array.isArray(raw)) {
      this.tell(`${name} is no list and is left out.`, name);
      return [];
    }
    return raw.flatMap((item) => {
      const object = asObject(item);
      const isNamed = object !== null && (id === null || (asText(object[id]) ?? '') !== '');
      if (!isNamed) this.tell(`An item of ${name} has no ${id ?? 'fields'} and is left out.`, name);
      return isNamed ? [object] : [];
    });
  }

  object(name: string): Raw | null {
    this.#asked.add(name);
    return asObject(this.#file[name]);
  }

  tellUnknownLists(): void {
    for (const name of Object.keys(this.#file)) {
      if (!this.#asked.has(name))
        this.tell(`${name.slice(0, 80)} is no list that is known, and is ignored.`, name.slice(0, 80));
    }
  }

  /** Each message once, and not without end. */
  tell(message: string, path: string | null): void {
    if (this.#told.has(message) || this.#told.size >= TOLD_MAX) return;
    this.#told.add(message);
    this.diagnostics.push({ level: 'warning', path, message });
  }
}
