import { createHash, randomBytes } from 'node:crypto';
import { Client } from 'pg';

const HOURS_VALID = 24;

/**
 * Replaces the code of the set-up link and returns the new one, or null when somebody can sign in already. Only its
 * SHA-256 is stored, so the database does not hold the key to itself.
 */
export async function issueSetupCode(url: string): Promise<string | null> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ someone: boolean }>('select exists (select from app_user) as someone');
    if (rows[0]?.someone) return null;
    const code = randomBytes(32).toString('base64url');
    const hash = createHash('sha256').update(code).digest('hex');
    await client.query('begin');
    await client.query('delete from setup_code');
    await client.query(
      'insert into setup_code (code_hash, expires_at) values ($1, now() + make_interval(hours => $2))',
      [hash, HOURS_VALID],
    );
    await client.query('commit');
    return code;
  } finally {
    await client.end().catch(() => undefined);
  }
}
