import { excerpt } from '../parse-result.ts';
import { walkXml } from '../xml-walk.ts';
import {
  COMPONENTS_MAX,
  counted,
  type SbomComponent,
  type SbomDocument,
  type SbomProperty,
  TOO_MANY_COMPONENTS,
} from './sbom-document.ts';

/** A component while its element is open. */
interface Open {
  readonly component: {
    -readonly [Key in keyof SbomComponent]: SbomComponent[Key];
  } & { readonly properties: SbomProperty[]; readonly places: string[] };
  /** Tools that made the document, and ancestors of a component, are no parts of the thing. */
  readonly isPart: boolean;
}

/** Elements whose components are no parts of the thing. */
const ASIDE: ReadonlySet<string> = new Set(['tools', 'pedigree', 'annotations', 'formulation']);

/** CycloneDX in XML, read as it comes: the same as in JSON. Null where the root element is another one. */
export function readCyclonedxXml(text: string): SbomDocument | { readonly refused: string } {
  const components: SbomComponent[] = [];
  const properties: SbomProperty[] = [];
  const open: Open[] = [];
  const counts = { services: 0, vulnerabilities: 0 };
  let root: { readonly format: string; readonly id: string | null } | null = null;
  let name = '';
  let saysIncomplete = false;
  let isWhole = true;

  const start = (attributes: Readonly<Record<string, string>>, parents: readonly string[]): void => {
    const parent = open.at(-1) ?? null;
    const isSubject = parents.at(-1) === 'metadata';
    const isPart = (parent?.isPart ?? true) && !parents.some((one) => ASIDE.has(one));
    const component: Open['component'] = {
      ref: attributes['bom-ref'] || `component ${components.length + 1}`,
      kind: (attributes.type ?? '').toLowerCase(),
      group: null,
      name: '',
      version: null,
      purl: null,
      hasCpe: false,
      properties: [],
      places: [],
      origin: parent === null || parent.component.isSubject ? null : parent.component,
      isSubject,
    };
    open.push({ component, isPart });
    if (isPart && components.length < COMPONENTS_MAX) {
      components.push(component);
    } else if (isPart) {
      isWhole = false;
    }
  };

  const problem = walkXml(text, {
    open(element, attributes, parents) {
      if (parents.length === 0) {
        root = rootOf(element, attributes);
      } else if (element === 'component') {
        start(attributes, parents);
      } else if (element === 'property') {
        name = attributes.name ?? '';
      } else if (element === 'service' && parents.at(-1) === 'services' && !parents.some((one) => ASIDE.has(one))) {
        counts.services += 1;
      } else if (element === 'vulnerability') {
        counts.vulnerabilities += 1;
      }
    },
    close(element, text, parents) {
      const parent = parents.at(-1) ?? '';
      const current = open.at(-1)?.component;
      const value = text.trim();
      if (element === 'component') {
        open.pop();
      } else if (element === 'aggregate') {
        saysIncomplete ||= value.startsWith('incomplete');
      } else if (element === 'property' && parent === 'properties') {
        const owner = parents.at(-2) ?? '';
        const list = owner === 'component' ? current?.properties : properties;
        if (owner === 'component' || owner === 'metadata' || owner === 'bom') {
          list?.push([name, value]);
        }
      } else if (element === 'location' && parent === 'occurrence') {
        current?.places.push(value);
      } else if (current !== undefined && parent === 'component' && value !== '') {
        setField(current, element, value);
      }
    },
  });
  if (root === null) {
    const reason = problem === null ? 'its root is another element' : excerpt(problem);
    return { refused: `The XML is no CycloneDX document: ${reason}.` };
  }
  const { format, id } = root as { readonly format: string; readonly id: string | null };
  const subject = components.find(({ isSubject }) => isSubject);
  return {
    format,
    id,
    properties: [...properties, ...(subject?.properties ?? [])],
    components,
    others: [
      ...counted(counts.services, 'service'),
      ...counted(counts.vulnerabilities, 'vulnerability', 'vulnerabilities'),
    ],
    saysIncomplete,
    problems: [
      ...(isWhole ? [] : [TOO_MANY_COMPONENTS]),
      ...(problem === null ? [] : [`The XML could not be read to its end: ${excerpt(problem)}.`]),
    ],
    notes: [],
  };
}

function rootOf(element: string, attributes: Readonly<Record<string, string>>) {
  const space = Object.entries(attributes).find(
    ([key, value]) => /^xmlns(:|$)/.test(key) && value.includes('cyclonedx.org/schema/bom/'),
  )?.[1];
  const version = space === undefined ? null : (/bom\/([0-9.]{1,8})$/.exec(space)?.[1] ?? 'of an unknown version');
  return element === 'bom' && version !== null
    ? { format: `CycloneDX ${version} (XML)`, id: attributes.serialNumber || null }
    : null;
}

function setField(component: Open['component'], element: string, value: string): void {
  if (element === 'name') {
    component.name = value;
  } else if (element === 'group') {
    component.group = value;
  } else if (element === 'version') {
    component.version = value;
  } else if (element === 'purl') {
    component.purl = value;
  } else if (element === 'cpe') {
    component.hasCpe = true;
  }
}
