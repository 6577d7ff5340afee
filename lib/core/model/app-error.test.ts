import { describe, expect, it } from 'vitest';
import { AppError } from './app-error.ts';

describe('an AppError', () => {
  it('of another bundle is one, and other errors are none', () => {
    const other = Object.assign(new Error('There is one already.'), { name: 'AppError', code: 'conflict', fields: {} });

    expect(other).toBeInstanceOf(AppError);
    expect(new AppError('conflict', 'x')).toBeInstanceOf(AppError);
    expect(new TypeError('x')).not.toBeInstanceOf(AppError);
    expect({ name: 'AppError' }).not.toBeInstanceOf(AppError);
    expect(null).not.toBeInstanceOf(AppError);
  });
});
