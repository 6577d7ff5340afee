import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/**
 * Who this machine is. The id is the one that systemd keeps (man machine-id); a machine without one, such as a container,
 * gets an id of Harrier's own, kept beside the data, so that its findings stay its own over restarts.
 */
export async function identifyHost(dataDirectory: string): Promise<{ machineId: string; name: string }> {
  const name = hostname();
  const known = await firstLine('/etc/machine-id');
  if (/^[0-9a-f]{32}$/.test(known)) {
    return { machineId: known, name };
  }
  const path = join(dataDirectory, 'machine-id');
  const kept = await firstLine(path);
  if (/^[0-9a-f]{32}$/.test(kept)) {
    return { machineId: kept, name };
  }
  const machineId = randomUUID().replaceAll('-', '');
  await writeFile(path, `${machineId}\n`, { mode: 0o600 });
  return { machineId, name };
}

async function firstLine(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n', 1)[0]?.trim() ?? '';
}
