import { describe, expect, it } from 'vitest';
import { vectorAnswers } from './vector-answers.ts';

describe('a vector', () => {
  it.each([
    ['3.1', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', true, true],
    ['3.1', 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:L', false, false],
    ['3.0', 'CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H', false, true],
    ['4.0', 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', true, true],
    ['4.0', 'CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:H/SC:H/SI:H/SA:H', false, false],
    ['2.0', 'AV:N/AC:L/Au:N/C:C/I:C/A:C', true, true],
    ['2.0', 'AV:N/AC:M/Au:N/C:P/I:P/A:P', false, false],
  ] as const)('of %s answers two questions: %s', (version, vector, automatable, totalImpact) => {
    expect(vectorAnswers([{ version, vector }])).toEqual({ automatable, totalImpact });
  });

  it('that is not there leaves both open', () => {
    expect(vectorAnswers([])).toEqual({ automatable: null, totalImpact: null });
  });
});
