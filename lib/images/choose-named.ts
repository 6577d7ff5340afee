import { AppError } from '../core/model/app-error.ts';
import { choosePlatform, type Offered } from './image-facts.ts';

/** The manifest with that tag or digest; without a name the only image there is. Throws AppError that names the choices. */
export function chooseNamed(
  offered: readonly Offered[],
  { name, platform }: { readonly name: string | null; readonly platform: string },
  where: string,
): Offered {
  const named =
    name === null
      ? offered
      : offered.filter((one) => one.digest === name || one.name === name || tagOf(one.name) === name);
  const [only, ...others] = named;
  if (only !== undefined && others.length === 0) {
    return only;
  }
  const names = [...new Set(offered.flatMap((one) => one.name ?? []))];
  // Several manifests of one name, or without any, are the platforms of one image.
  if (only !== undefined && (name !== null || names.length <= 1)) {
    return choosePlatform(named, platform);
  }
  const choices = names.length === 0 ? 'no names' : names.slice(0, 20).join(', ');
  throw new AppError(
    'invalid-input',
    only === undefined
      ? `${where} holds no image${name === null ? '' : ` "${name}"`}. It has: ${choices}.`
      : `${where} holds several images: ${choices}. Put a colon and the name of one behind the path.`,
  );
}

/** The tag of a name that was written with its repository. */
function tagOf(name: string | null): string | null {
  return /:([\w.-]+)$/.exec(name ?? '')?.[1] ?? null;
}
