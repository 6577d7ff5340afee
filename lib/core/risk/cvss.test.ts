import { describe, expect, it } from 'vitest';
import { scoreVector } from './cvss.ts';

const V31 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const V40 = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N';

describe('a CVSS vector', () => {
  it.each([
    [V31, '3.1', 9.8, 9.8],
    [`${V31}/MAV:A`, '3.1', 9.8, 8.8],
    [`${V31}/MAV:L`, '3.1', 9.8, 8.4],
    [`${V31}/MAV:P`, '3.1', 9.8, 6.8],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', '3.1', 6.1, 6.1],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', '3.1', 0, 0],
    ['CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', '3.0', 9.8, 9.8],
    [V40, '4.0', 9.3, 9.3],
    [`${V40}/MAV:A`, '4.0', 9.3, 8.7],
    [`${V40}/MAV:L`, '4.0', 9.3, 8.6],
    [`${V40}/MAV:P`, '4.0', 9.3, 7.0],
    [`${V40}/E:U`, '4.0', 9.3, 8.1],
    ['AV:N/AC:L/Au:N/C:P/I:P/A:P', '2.0', 7.5, 7.5],
  ])('%s', (vector, version, base, overall) => {
    expect(scoreVector(vector)).toEqual({ version, base, overall });
  });

  it.each([
    ['', 'is no metric'],
    ['CVSS:5.0/AV:N', 'not known'],
    ['CVSS:3.1', 'not known'],
    ['CVSS:3.1/AV:N/AC:L', 'PR is missing'],
    [V31.replace('AV:N', 'AV:X'), 'AV cannot be "X"'],
    [`${V31}/AV:N`, 'given twice'],
    [`${V31}/ZZ:N`, 'no metric of its version'],
    [`${V31}/`, 'no metric of its version'],
    [`${V31}/E:U:U`, 'no metric of its version'],
    [V31.replace('CVSS:3.1', 'CVSS:4.0'), 'S cannot be "U"'],
    ['9.8', 'no metric of its version'],
    ['toString:N', 'no metric of its version'],
    [`${V31}/${'E:U/'.repeat(10_000_000)}`, 'longer than'],
  ])('is rejected with a reason when it is malformed', (vector, reason) => {
    expect(scoreVector(vector)).toEqual({ rejected: expect.stringContaining(reason) });
  });
});
