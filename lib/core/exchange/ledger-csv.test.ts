import { describe, expect, it } from 'vitest';
import type { LedgerRow } from '../model/coverage-view.ts';
import { ledgerCsvHead, ledgerCsvLines } from './ledger-csv.ts';

const READ_AT = new Date('2026-11-28T12:00:00Z');

const row: LedgerRow = {
  id: 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1',
  name: 'web-1',
  kind: 'ec2',
  accountId: '111122223333',
  accountName: 'payments, prod',
  region: 'eu-west-1',
  environment: null,
  sample: false,
  state: 'not-assessed',
  reason: 'UNMANAGED_EC2_INSTANCE',
  detail: null,
  goodAt: new Date('2026-11-01T08:30:00Z'),
};

describe('the ledger as CSV', () => {
  it('has a value for each column, the reason as code and in words, and times as ISO 8601', () => {
    expect(ledgerCsvHead()).toBe(
      'accountId,accountName,region,kind,id,name,environment,state,reasonCode,reason,detail,lastGoodScanAt,dataAt\r\n',
    );
    expect(ledgerCsvLines([row], READ_AT)).toBe(
      '111122223333,"payments, prod",eu-west-1,ec2,arn:aws:ec2:eu-west-1:111122223333:instance/i-1,web-1,,not-assessed,' +
        'UNMANAGED_EC2_INSTANCE,Not managed by SSM,,2026-11-01T08:30:00.000Z,2026-11-28T12:00:00.000Z\r\n',
    );
  });

  it('never leaves a name that a spreadsheet would run', () => {
    const lines = ledgerCsvLines([{ ...row, name: '=HYPERLINK("http://example.com")', goodAt: null }], READ_AT);

    expect(lines).toContain(`,"'=HYPERLINK(""http://example.com"")",`);
    expect(lines).toContain(',,,2026-11-28T12:00:00.000Z');
  });
});
