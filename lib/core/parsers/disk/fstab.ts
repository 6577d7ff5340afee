/** A line of /etc/fstab that mounts a device. */
export interface Mount {
  /** As it is written: `UUID=…`, `LABEL=…`, `PARTUUID=…`, `/dev/xvdf1`. */
  readonly device: string;
  /** Without a slash at either end; empty for the root. */
  readonly path: string;
}

const LINES_MAX = 1_000;

/** The mounts of a file system table (fstab(5)), the outermost first. What is no device, such as `tmpfs` and swap, is left out. */
export function readFstab(text: string): readonly Mount[] {
  return text
    .split('\n')
    .slice(0, LINES_MAX)
    .flatMap((line): Mount[] => {
      const [device = '', path = ''] = line.trim().split(/\s+/).map(unescaped);
      const isDevice = /^(?:UUID|LABEL|PARTUUID|PARTLABEL)=./.test(device) || device.startsWith('/dev/');
      return isDevice && path.startsWith('/')
        ? [{ device: device.replaceAll('"', ''), path: path.replace(/^\/+|\/+$/g, '') }]
        : [];
    })
    .toSorted((one, other) => depthOf(one.path) - depthOf(other.path));
}

function depthOf(path: string): number {
  return path === '' ? 0 : path.split('/').length;
}

/** Blanks stand as `\040`, and so on. */
function unescaped(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
