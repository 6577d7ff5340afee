import { describe, expect, it } from 'vitest';
import { sharedText } from '../../testing/shared-data.ts';
import { parseEpssHeader, parseEpssLine } from './epss.ts';
import { parseKev } from './kev.ts';

describe('the daily EPSS file', () => {
  it('opens with model and date', () => {
    expect(parseEpssHeader('#model_version:v2026.06.15,score_date:2026-08-15T12:02:44Z')).toEqual({
      modelVersion: 'v2026.06.15',
      date: '2026-08-15',
    });
    expect(parseEpssHeader('cve,epss,percentile')).toBeNull();
  });

  it('holds one CVE a line', () => {
    expect(parseEpssLine('CVE-1999-0001,0.03351,0.8765\r', '2026-08-15')).toEqual({
      id: 'CVE-1999-0001',
      score: { probability: 0.03351, percentile: 0.8765, date: '2026-08-15' },
    });
  });

  it.each([
    'cve,epss,percentile',
    'CVE-1999-0001,1.5,0.5',
    'CVE-1999-0001,x,0.5',
    'CVE-1999-0001,0.5',
    '',
    'CVE-1999-0001,--,0',
  ])('and no other line counts: %j', (line) => {
    expect(parseEpssLine(line, '2026-08-15')).toBeNull();
  });
});

describe('the catalogue of exploited vulnerabilities', () => {
  const row = {
    cveID: 'CVE-2021-44228',
    dateAdded: '2021-12-10',
    dueDate: '2021-12-24',
    knownRansomwareCampaignUse: 'Known',
    vulnerabilityName: 'Apache Log4j2 Remote Code Execution Vulnerability',
    requiredAction: 'Apply updates.',
  };

  it('gives its good rows and names the bad ones', () => {
    const catalogue = parseKev({
      catalogVersion: '2026.08.07',
      dateReleased: '2026-08-07T16:45:47.0648Z',
      vulnerabilities: [row, { ...row, cveID: 'x' }, { ...row, cveID: 'CVE-2020-0001', dueDate: '2020-13-01' }, null],
    });

    expect(catalogue?.entries.get('CVE-2021-44228')).toMatchObject({ ransomware: true, dueDate: '2021-12-24' });
    expect(catalogue?.entries.size).toBe(1);
    expect(catalogue?.refused).toHaveLength(3);
    expect(catalogue?.released?.getUTCFullYear()).toBe(2026);
  });

  it.each([null, [], {}, { vulnerabilities: 'x' }])('is told from any other document', (raw) => {
    expect(parseKev(raw)).toBeNull();
  });

  it('as published has no bad row', (ctx) => {
    const catalogue = parseKev(JSON.parse(sharedText(ctx, 'kev/known_exploited_vulnerabilities.json')));

    expect(catalogue?.refused).toEqual([]);
    expect(catalogue?.entries.size).toBe(1662);
  });
});
