import { type Coordinates, coordinates } from './java-coordinates.ts';
import { walkXml } from './xml-events.ts';

export interface PomDependency {
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
  readonly type: string;
  readonly scope: string;
}

/** What one pom.xml says, before parents and properties are applied. A value that is not there is empty. */
export interface Pom {
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
  readonly parent: (PomDependency & { readonly relativePath: string | null }) | null;
  readonly modules: readonly string[];
  readonly properties: ReadonlyMap<string, string>;
  readonly dependencies: readonly PomDependency[];
  readonly managed: readonly PomDependency[];
}

export interface PomReading {
  /** Null where the document is no pom at all. */
  readonly pom: Pom | null;
  readonly fault: string | null;
}

const DEPENDENCIES_MAX = 20_000;
const PROPERTIES_MAX = 20_000;
const STEPS_MAX = 200;
const LENGTH_MAX = 1024;

/** Reads a pom.xml; profiles are left out, since what switches them on is not known. Format: Maven's POM reference 4.0.0. */
export function parsePom(text: string): PomReading {
  const values = new Map<string, string>();
  const properties = new Map<string, string>();
  const modules: string[] = [];
  const dependencies: PomDependency[] = [];
  const managed: PomDependency[] = [];
  let fields = new Map<string, string>();
  let isPom = false;
  const fault = walkXml(text, {
    open(path) {
      isPom ||= path === 'project';
      if (path.endsWith('/dependency')) {
        fields = new Map();
      }
    },
    close(path, value) {
      if (path === 'project/dependencies/dependency' && dependencies.length < DEPENDENCIES_MAX) {
        dependencies.push(dependencyOf(fields));
      } else if (path === 'project/dependencyManagement/dependencies/dependency' && managed.length < DEPENDENCIES_MAX) {
        managed.push(dependencyOf(fields));
      } else if (path === 'project/modules/module' && modules.length < PROPERTIES_MAX) {
        modules.push(value);
      } else if (/^project\/properties\/[^/]+$/.test(path) && properties.size < PROPERTIES_MAX) {
        properties.set(path.slice('project/properties/'.length), value);
      } else if (/\/dependency\/[^/]+$/.test(path)) {
        fields.set(path.slice(path.lastIndexOf('/') + 1), value);
      } else if (/^project\/(?:parent\/)?[A-Za-z]+$/.test(path)) {
        values.set(path, value);
      }
    },
  });
  const pom = { ...projectOf(values), modules, properties, dependencies, managed };
  return { pom: isPom ? pom : null, fault };
}

function projectOf(values: ReadonlyMap<string, string>): Pick<Pom, 'group' | 'artifact' | 'version' | 'parent'> {
  const at = (path: string): string => values.get(`project/${path}`) ?? '';
  const parent = {
    ...dependencyOf(new Map(['groupId', 'artifactId', 'version'].map((name) => [name, at(`parent/${name}`)]))),
    relativePath: values.get('project/parent/relativePath') ?? null,
  };
  return {
    group: at('groupId') || parent.group,
    artifact: at('artifactId'),
    version: at('version') || parent.version,
    parent: parent.artifact === '' ? null : parent,
  };
}

function dependencyOf(fields: ReadonlyMap<string, string>): PomDependency {
  return {
    group: fields.get('groupId') ?? '',
    artifact: fields.get('artifactId') ?? '',
    version: fields.get('version') ?? '',
    type: fields.get('type') ?? '',
    scope: fields.get('scope') ?? '',
  };
}

/** Replaces `${name}` by its value as often as needed, within bounds; a name without a value stays as it is. */
export function interpolate(text: string, lookUp: (name: string) => string | undefined): string {
  let rest = text;
  let from = 0;
  for (let step = 0; step < STEPS_MAX && rest.length <= LENGTH_MAX; step += 1) {
    const start = rest.indexOf('${', from);
    const end = rest.indexOf('}', start);
    if (start === -1 || end === -1) {
      break;
    }
    const value = lookUp(rest.slice(start + 2, end).trim());
    from = value === undefined ? end + 1 : start;
    rest = value === undefined ? rest : rest.slice(0, start) + value + rest.slice(end + 1);
  }
  return rest;
}

/** The value of a name by what the pom itself says: its own coordinates, its parent's, its properties. */
export function pomValue(pom: Pom, name: string): string | undefined {
  const [, , own = ''] = /^(project|pom)\.(.+)$/.exec(name) ?? [];
  const built: Readonly<Record<string, string | undefined>> = {
    groupId: pom.group,
    artifactId: pom.artifact,
    version: pom.version,
    'parent.groupId': pom.parent?.group,
    'parent.artifactId': pom.parent?.artifact,
    'parent.version': pom.parent?.version,
  };
  const value = Object.hasOwn(built, own) ? built[own] : undefined;
  return pom.properties.get(name) ?? (value === '' ? undefined : value);
}

/** Who the pom says it is, where the pom alone is enough to tell. */
export function pomCoordinates(text: string): Coordinates | null {
  const { pom } = parsePom(text);
  if (pom === null) {
    return null;
  }
  const resolved = (value: string): string => interpolate(value, (name) => pomValue(pom, name));
  return coordinates(resolved(pom.group), resolved(pom.artifact), resolved(pom.version));
}
