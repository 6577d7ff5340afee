import { type ResourceId, resourceId } from './ids.ts';
import { type ImageReference, nameOfReference, parseReference } from './image-reference.ts';

/** The platform that goes without saying, in names as well as where nobody chose one. */
export const USUAL_PLATFORM = 'linux/amd64';

const PLATFORM = /^[a-z0-9]{1,32}\/[a-z0-9_]{1,32}(?:\/[a-z0-9.]{1,32})?$/;

/** An operating system, an architecture and maybe a variant: `linux/arm64/v8`. */
export function isPlatform(text: string): boolean {
  return PLATFORM.test(text);
}

/**
 * An image goes by its name and not by its digest: pushed again under the same name it is the same thing, so that a fixed build
 * closes what the one before it had. Images of other platforms hold other packages, so each is a thing of its own.
 */
export function imageResourceId(reference: ImageReference, platform: string): ResourceId {
  const name = nameOfReference(reference);
  return resourceId(platform === USUAL_PLATFORM ? `image:${name}` : `image:${name}#${platform}`);
}

export function imageResourceName(reference: ImageReference, platform: string): string {
  const name = nameOfReference(reference);
  return platform === USUAL_PLATFORM ? name : `${name} (${platform})`;
}

/** What to pull for a resource to be scanned again; null for what is in no registry, such as an archive that was handed in. */
export function namedImageOf(id: string): { readonly reference: string; readonly platform: string } | null {
  const [, name = '', platform = USUAL_PLATFORM] = /^image:([^#]+)(?:#(.+))?$/.exec(id) ?? [];
  const reference = name === '' ? null : parseReference(name);
  return reference !== null && nameOfReference(reference) === name ? { reference: name, platform } : null;
}
