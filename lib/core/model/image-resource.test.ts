import { describe, expect, it } from 'vitest';
import { parseReference } from './image-reference.ts';
import { imageResourceId, imageResourceName, namedImageOf } from './image-resource.ts';

describe('an image as a resource', () => {
  it.each([
    ['nginx', 'linux/amd64', 'image:docker.io/library/nginx:latest', 'docker.io/library/nginx:latest'],
    [
      'r.example:5000/a:1',
      'linux/arm64/v8',
      'image:r.example:5000/a:1#linux/arm64/v8',
      'r.example:5000/a:1 (linux/arm64/v8)',
    ],
  ])('%s of %s is %s, and is found again by that', (text, platform, id, name) => {
    const reference = parseReference(text);
    if (reference === null) throw new Error('no reference');

    expect(imageResourceId(reference, platform)).toBe(id);
    expect(imageResourceName(reference, platform)).toBe(name);
    const again = namedImageOf(id);
    expect(again?.platform).toBe(platform);
    expect(parseReference(again?.reference ?? '')).toEqual(reference);
  });

  it.each([
    'image:upload/app.tar',
    'image:upload/team/app',
    'host:1',
    'image:',
    'function:upload/a',
    'arn:aws:ecr:eu-west-1:1:repository/a',
  ])('%s is in no registry', (id) => expect(namedImageOf(id)).toBeNull());
});
