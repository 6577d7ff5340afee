import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const app = fileURLToPath(new URL('../../app', import.meta.url));

// What answers people who are not signed in, and why. Every addition is a decision.
const OPEN: Readonly<Record<string, string>> = {
  '(auth)/sign-in/page.tsx': 'signing in',
  '(auth)/setup/page.tsx': 'first-run set-up, opened by a one-time code',
  '(auth)/set-password/page.tsx': 'choosing a password, opened by a one-time code',
  '(auth)/sign-in/actions.ts': 'signing in',
  '(auth)/setup/actions.ts': 'first-run set-up, opened by a one-time code',
  '(auth)/set-password/actions.ts': 'choosing a password, opened by a one-time code',
  'api/auth/[...nextauth]/route.ts': 'the handshake with an identity provider',
  'api/health/route.ts': 'says whether the process is up, and nothing else',
};

// `ask` is what pages use to run one operation; it begins with requireCaller.
const GUARDS: Readonly<Record<string, RegExp>> = {
  'page.tsx': /\bawait requireCaller\(\)|\bask\(/,
  'route.ts': /\bguardRoute\(/,
};

describe('nothing answers without a session', () => {
  const doors = filesUnder(app).filter((file) => /(?:^|\/)(?:page\.tsx|route\.tsx?)$/.test(file) && !(file in OPEN));

  it('the list of open doors names files that exist', () => {
    const files = filesUnder(app);
    const gone = Object.keys(OPEN).filter((file) => !files.includes(file) && file !== 'api/health/route.ts');

    expect(gone).toEqual([]);
  });

  it('asking an operation begins with asking who is calling', () => {
    expect(readFileSync(join(app, '(console)/ask.ts'), 'utf8')).toMatch(/\bawait requireCaller\(\)/);
    expect(readFileSync(join(app, '(console)/layout.tsx'), 'utf8')).toMatch(/\bawait requireCaller\(\)/);
  });

  it.each(doors)('%s asks who is calling', (file) => {
    const guard = GUARDS[file.endsWith('page.tsx') ? 'page.tsx' : 'route.ts'];

    expect(readFileSync(join(app, file), 'utf8')).toMatch(guard ?? /$^/);
  });

  const actions = filesUnder(app).filter((file) => isServerActions(file) && !(file in OPEN));

  it.each(actions)('every action of %s is a guarded operation', (file) => {
    const source = readFileSync(join(app, file), 'utf8');
    const exported = [...source.matchAll(/^export\s+(?:default\s+)?(?:async\s+)?(?:const|function)\s+(\w+)/gm)];

    expect(exported.length).toBeGreaterThan(0);
    for (const [, name] of exported) {
      const guarded = new RegExp(`export const ${name}\\s*(?::[^=]+)?=\\s*guardAction\\(`);
      // Signing out works for anybody: who is not signed in has nothing to lose by it.
      expect(guarded.test(source) || name === 'signOutAction', `${name} is guarded`).toBe(true);
    }
  });
});

function filesUnder(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(app, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .toSorted();
}

function isServerActions(file: string): boolean {
  return /\.tsx?$/.test(file) && /^['"]use server['"]/m.test(readFileSync(join(app, file), 'utf8'));
}
