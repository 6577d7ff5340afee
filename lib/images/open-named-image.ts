import { existsSync } from 'node:fs';
import { AppError } from '../core/model/app-error.ts';
import type { ImageSource } from '../core/ports/image-source.ts';
import type { RequestTimes } from '../http/retrying.ts';
import { openImageArchive } from './image-archive.ts';
import type { ImageName } from './image-name.ts';
import { openOciLayout } from './oci-layout.ts';
import { loginFor } from './registry/docker-config.ts';
import { openRegistryImage } from './registry/open-registry-image.ts';

export interface OpenNamedOptions {
  /** `linux/amd64`. */
  readonly platform: string;
  readonly signal: AbortSignal;
  /** Files that may hold credentials for registries, in the order in which they count. */
  readonly loginFiles: readonly string[];
  readonly times?: RequestTimes;
}

/** An image from wherever it is. Throws AppError. */
export async function openNamedImage(named: ImageName, options: OpenNamedOptions): Promise<ImageSource> {
  const { platform, loginFiles, ...rest } = options;
  if (named.kind === 'registry') {
    const found = loginFor(named.reference, loginFiles);
    return openRegistryImage(named.reference, { ...rest, platform, found });
  }
  if (named.kind === 'nowhere') {
    const reason = existsSync(named.path) ? 'is a folder without index.json, so it is no image' : 'does not exist';
    throw new AppError('invalid-input', `${named.path} ${reason}.`);
  }
  const open = named.kind === 'layout' ? openOciLayout : openImageArchive;
  return open(named.path, { name: named.name, platform });
}
