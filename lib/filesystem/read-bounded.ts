import { open } from 'node:fs/promises';

/**
 * The content of a file, but no more than one byte beyond `bytesMax`, so that whoever reads it can say that there is more. A pipe is
 * read as far. Throws what the system says.
 */
export async function readBounded(path: string, bytesMax: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const file = await open(path);
  try {
    for await (const part of file.createReadStream({ autoClose: false, end: bytesMax })) {
      parts.push(part as Uint8Array);
    }
  } finally {
    await file.close();
  }
  return Buffer.concat(parts);
}
