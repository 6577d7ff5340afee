import { enterpriseLinuxRelease, moduleStream, type RedHatComponent } from '../ecosystems/os/redhat-keys.ts';
import { asArray, asObject, asText } from '../model/raw.ts';

type Raw = Readonly<Record<string, unknown>>;

/** A component of Red Hat Enterprise Linux that a product id stands for. */
export interface RedHatProduct extends RedHatComponent {
  /** `Red Hat:enterprise_linux:9::baseos`, as OSV names it. */
  readonly ecosystem: string;
  /** Epoch, version and release of a build; null where the id stands for every build. */
  readonly version: string | null;
}

const DEPTH_MAX = 32;
/** The kernel's documents have some thousand builds and twice as many ids. */
const PRODUCTS_MAX = 400_000;
/** A build is a component of a module, which is one of a repository. */
const STEPS_MAX = 4;
/** Releases of one major version are one product to whoever upgrades it: `8`, `9.6`, `9::appstream`. */
const CPE = /^cpe:\/[aoh]:redhat:enterprise_linux:([0-9]{1,3})(?:\.[0-9]{1,3})?(?::[^:]*)?(?::([a-z_]{1,40}))?$/;
const PURL = /^pkg:(rpm|rpmmod)\/redhat\/([^@?#]+)(?:@([^?#]+))?(?:\?([^#]*))?$/;
/** `firefox-0:115.5.0-1.el9_2.src`, with `::module:stream` behind it where there is one. */
const BUILD = /-([0-9]{1,9}):[^:]+?(?:::([^:]+:[^:]+))?$/;
const BARE = /^(?:([A-Za-z0-9_.+-]+:[A-Za-z0-9_.+-]+)\/)?([A-Za-z0-9_.+-]+?)(\.src)?(?:::([^:]+:[^:]+))?$/;

interface Node {
  readonly cpe: string | null;
  readonly purl: string | null;
}

interface Link {
  readonly component: string;
  readonly parent: string;
}

/** Answers what a product id of the document stands for; null for what is no package of Enterprise Linux. */
export function redHatProducts(
  tree: Raw | null,
): ((id: string) => RedHatProduct | null) | { readonly refused: string } {
  const nodes = new Map<string, Node>();
  const open = asArray(tree?.branches).map((branch) => ({ branch: asObject(branch), depth: 0 }));
  for (let at = 0; at < open.length; at += 1) {
    const { branch, depth } = open[at] ?? { branch: null, depth: 0 };
    addNode(nodes, branch?.product);
    const inner = depth < DEPTH_MAX ? asArray(branch?.branches) : [];
    if (open.length + inner.length > PRODUCTS_MAX) {
      return { refused: 'too many products' };
    }
    for (const each of inner) {
      open.push({ branch: asObject(each), depth: depth + 1 });
    }
  }
  const relationships = asArray(tree?.relationships);
  const names = asArray(tree?.full_product_names);
  if (relationships.length > PRODUCTS_MAX || names.length > PRODUCTS_MAX) {
    return { refused: 'too many products' };
  }
  for (const name of names) {
    addNode(nodes, name);
  }
  const links = new Map<string, Link>();
  for (const raw of relationships) {
    addLink(nodes, links, raw);
  }
  return (id) => productOf(id, nodes, links);
}

function addNode(nodes: Map<string, Node>, raw: unknown): void {
  const product = asObject(raw);
  const id = asText(product?.product_id);
  if (id !== null) {
    const helper = asObject(product?.product_identification_helper);
    nodes.set(id, { cpe: asText(helper?.cpe), purl: asText(helper?.purl) });
  }
}

function addLink(nodes: Map<string, Node>, links: Map<string, Link>, raw: unknown): void {
  const relationship = asObject(raw);
  const whole = asObject(relationship?.full_product_name);
  const id = asText(whole?.product_id);
  const component = asText(relationship?.product_reference);
  const parent = asText(relationship?.relates_to_product_reference);
  if (id !== null && component !== null && parent !== null) {
    links.set(id, { component, parent });
    if (!nodes.has(id)) {
      addNode(nodes, whole);
    }
  }
}

function productOf(
  id: string,
  nodes: ReadonlyMap<string, Node>,
  links: ReadonlyMap<string, Link>,
): RedHatProduct | null {
  const link = links.get(id);
  if (link === undefined) {
    return null;
  }
  let place = link.parent;
  let stream: string | null = null;
  for (let steps = 0; steps < STEPS_MAX; steps += 1) {
    const next = links.get(place);
    if (next === undefined) break;
    stream ??= streamOfModule(nodes.get(next.component)?.purl ?? null);
    place = next.parent;
  }
  const [, major, repository] = CPE.exec(nodes.get(place)?.cpe ?? '') ?? [];
  const component = major === undefined ? null : componentOf(link.component, nodes.get(link.component)?.purl ?? null);
  if (major === undefined || component === null) {
    return null;
  }
  const release = enterpriseLinuxRelease(major);
  const isInRepository = repository !== undefined && !component.isSource;
  return {
    ...component,
    stream: component.stream ?? stream,
    ecosystem: isInRepository ? `${release}::${repository}` : release,
  };
}

/** `pkg:rpmmod/redhat/nodejs@18:8090020231019152822:a75119d5` is a whole module. */
function streamOfModule(purl: string | null): string | null {
  const [, type, name = '', version = ''] = PURL.exec(purl ?? '') ?? [];
  return type === 'rpmmod' ? moduleStream(decoded(`${name}:${version}`)) : null;
}

type Component = Omit<RedHatProduct, 'ecosystem'>;

function componentOf(id: string, purl: string | null): Component | null {
  if (purl === null) {
    const [, inside, name, , behind] = BARE.exec(id) ?? [];
    return name === undefined ? null : { name, stream: inside ?? behind ?? null, isSource: true, version: null };
  }
  const [, type, path = '', version, qualifiers = ''] = PURL.exec(purl) ?? [];
  const parts = decoded(path).split('/');
  if (type === 'rpmmod') {
    // `pkg:rpmmod/redhat/ruby:2.6/ruby` was a source inside a module; with one part it is the module itself.
    const [stream = '', name] = parts;
    return name === undefined || parts.length > 2
      ? null
      : { name, stream: moduleStream(stream), isSource: true, version: null };
  }
  const [name = ''] = parts;
  if (type === undefined || name === '' || parts.length > 1) {
    return null;
  }
  const said = new Map(
    qualifiers.split('&').map((pair) => [pair.split('=')[0] ?? '', decoded(pair.split('=')[1] ?? '')]),
  );
  const [, epochOfId, streamOfId] = BUILD.exec(id) ?? [];
  const epoch = said.get('epoch') ?? epochOfId ?? '0';
  return {
    name,
    stream: moduleStream(said.get('rpmmod') ?? streamOfId ?? BARE.exec(id)?.[4]),
    isSource: said.get('arch') === 'src' || said.get('arch') === 'nosrc',
    version: version === undefined ? null : `${epoch === '0' ? '' : `${epoch}:`}${decoded(version)}`,
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign: the text as it stands names nothing, and matches nothing.
    return text;
  }
}
