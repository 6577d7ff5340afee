import { describe, expect, it } from 'vitest';
import type { Caller, Role } from '../../core/model/permissions.ts';
import type { Dependencies } from '../dependencies.ts';
import { runOperation } from '../operation.ts';
import { startUploadScan } from './start-upload-scan.ts';

const UPLOAD = '0b9a1c1e-5a0e-4c5f-9d0c-7f3f0f6b2a10';

function bench({ revision = 'r1', role = 'triage' }: { revision?: string | null; role?: Role } = {}) {
  const asked: [kind: string, payload: object][] = [];
  const deps = {
    uploads: {
      find: async (id: string) => (id === UPLOAD ? { name: 'app.tar', createdBy: 'ines@example.com' } : null),
    },
    jobs: {
      enqueue: async (kind: string, payload: object) => {
        asked.push([kind, payload]);
        return `job of ${kind}`;
      },
    },
    users: { recordActivity: async () => undefined, sessionsOf: async () => [] },
    clock: { now: () => new Date(0) },
    advisories: () => ({ revision: () => revision }),
    atomically: (work: (tx: Dependencies) => Promise<unknown>) => work(deps),
  } as unknown as Dependencies;
  const start = (uploadId: string, email = 'ines@example.com') => {
    const caller: Caller = { userId: 'u', name: 'Ines', email, role, accounts: null, sessionId: 's' };
    return runOperation(startUploadScan, deps, caller, { uploadId });
  };
  return { asked, start };
}

describe('scanning a file that was handed in', () => {
  it('asks for one job, which knows the file by its number alone', async () => {
    const { asked, start } = bench();

    expect(await start(UPLOAD)).toEqual({ jobId: 'job of scan-upload' });
    expect(asked).toEqual([['scan-upload', { uploadId: UPLOAD, after: null }]]);
  });

  it('waits for advisories where there are none yet, since without them it could prove nothing', async () => {
    const { asked, start } = bench({ revision: null });

    await start(UPLOAD);

    expect(asked.map(([kind]) => kind)).toEqual(['sync-feeds', 'scan-upload']);
    expect(asked[1]?.[1]).toEqual({ uploadId: UPLOAD, after: 'job of sync-feeds' });
  });

  it('is for whoever handed it in', async () => {
    const { asked, start } = bench();

    await expect(start(UPLOAD, 'other@example.com')).rejects.toMatchObject({ code: 'not-found' });
    await expect(start('0b9a1c1e-5a0e-4c5f-9d0c-7f3f0f6b2a11')).rejects.toMatchObject({ code: 'not-found' });
    expect(asked).toEqual([]);
  });

  it('is for those who may scan', async () => {
    await expect(bench({ role: 'viewer' }).start(UPLOAD)).rejects.toMatchObject({ code: 'access-denied' });
  });
});
