import { describe, expect, it } from 'vitest';
import { AppError } from '../core/model/app-error.ts';
import { readEnvironment } from './environment.ts';

const OIDC = {
  HARRIER_OIDC_ISSUER: 'https://login.example.com/',
  HARRIER_OIDC_CLIENT_ID: 'harrier',
  HARRIER_OIDC_CLIENT_SECRET: 'not-a-real-secret',
};

function messageOf(source: Record<string, string>): string {
  try {
    readEnvironment(source);
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
  return '';
}

describe('readEnvironment', () => {
  it('an empty environment is a whole set of defaults', () => {
    const environment = readEnvironment({});

    expect(environment).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      url: 'http://localhost:3000',
      databaseUrl: null,
      feeds: null,
      role: 'all',
      secret: null,
      kmsKey: null,
      oidc: null,
      logLevel: 'info',
    });
    expect(environment.dataDirectory).toMatch(/^\/.*\/\.harrier$/);
  });

  it('an empty variable counts as absent', () => {
    expect(readEnvironment({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ port: 3000, databaseUrl: null });
  });

  it('a public address opens the server to other machines and loses its last slash', () => {
    const environment = readEnvironment({ HARRIER_URL: 'https://harrier.example.com/' });

    expect(environment).toMatchObject({ url: 'https://harrier.example.com', host: '0.0.0.0' });
  });

  it('a relative feed directory becomes absolute and an address stays one', () => {
    expect(readEnvironment({ HARRIER_FEEDS: 'mirror' }).feeds).toMatch(/^\/.*\/mirror$/);
    expect(readEnvironment({ HARRIER_FEEDS: 'https://mirror.example.com/a/' }).feeds).toBe(
      'https://mirror.example.com/a',
    );
  });

  it('sign-ins to registries are where Podman and Docker would look for them', () => {
    expect(readEnvironment({ HOME: '/home/ann' }).registryLogins).toEqual(['/home/ann/.docker/config.json']);
    expect(readEnvironment({ DOCKER_CONFIG: '/d', REGISTRY_AUTH_FILE: '/r.json' }).registryLogins).toEqual([
      '/r.json',
      '/d/config.json',
    ]);
  });

  it('a provider needs issuer, client id and client secret together', () => {
    const { HARRIER_OIDC_CLIENT_SECRET: _, ...incomplete } = OIDC;

    expect(readEnvironment(OIDC).oidc).toMatchObject({
      issuer: 'https://login.example.com',
      name: 'login.example.com',
    });
    expect(messageOf(incomplete)).toContain('HARRIER_OIDC_CLIENT_SECRET');
  });

  it.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['HARRIER_URL', 'harrier.example.com'],
    ['HARRIER_URL', 'https://example.com/harrier'],
    ['HARRIER_HOST', 'two words'],
    ['DATABASE_URL', 'mysql://user:hunter2@db/harrier'],
    ['DATABASE_URL', 'postgresql://user:hunter2@db'],
    ['HARRIER_FEEDS', 'ftp://mirror.example.com'],
    ['HARRIER_ROLE', 'scanner'],
    ['HARRIER_SECRET', 'hunter2'],
    ['HARRIER_KMS_KEY', '1234abcd'],
    ['HARRIER_LOG_LEVEL', 'loud'],
    ['HARRIER_DATA', 'a\u0000b'],
    ['HARRIER_OIDC_ISSUER', 'http://login.example.com'],
  ])('a bad %s (%s) is one sentence with the name and an example, and no secret', (name, value) => {
    const message = messageOf({ [name]: value });

    expect(message).toMatch(new RegExp(`^${name} must be .*; for example .*\\.$`));
    expect(message).not.toContain('hunter2');
    expect(message).not.toContain('\n');
  });
});
