type Sent = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly message: string };

const BROKEN_OFF = 'The file could not be sent: the connection broke off. Try again.';

/**
 * Sends a file as it is and tells how much of it has gone, from 0 to 1. `fetch` cannot tell that, so this is the older request.
 */
export function sendFile(
  file: File,
  { name, kind }: { readonly name: string; readonly kind: string },
  onProgress: (share: number) => void,
): Promise<Sent> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/uploads?${new URLSearchParams({ name, kind })}`);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onerror = () => resolve({ ok: false, message: BROKEN_OFF });
    request.onload = () => {
      const answer = request.response as { id?: string; error?: { message: string } } | null;
      resolve(
        request.status === 200 && answer?.id !== undefined
          ? { ok: true, id: answer.id }
          : { ok: false, message: answer?.error?.message ?? BROKEN_OFF },
      );
    };
    request.send(file);
  });
}
