import { describe, expect, it } from 'vitest';
import { startImageScan } from './start-image-scan.ts';

describe('a scan of an image', () => {
  it.each(['registry.example.com/team/app:1.4', 'alpine', `localhost:5000/app@sha256:${'a'.repeat(64)}`])(
    'is started for %s',
    (reference) => {
      const input = { reference: ` ${reference} `, platform: 'linux/arm64/v8' };
      expect(startImageScan.parse(input)).toEqual({ reference, platform: 'linux/arm64/v8' });
    },
  );

  it('of what is no reference is refused without repeating it', () => {
    const input = { reference: 'https://ines:correct-horse@registry.example.com/app', platform: 'linux/amd64' };
    try {
      startImageScan.parse(input);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: 'invalid-input', fields: { reference: expect.any(String) } });
      expect(JSON.stringify(error) + String(error)).not.toContain('correct-horse');
    }
  });

  it('of no platform is refused', () => {
    expect(() => startImageScan.parse({ reference: 'alpine', platform: 'arm' })).toThrow('such as linux/arm64');
  });
});
