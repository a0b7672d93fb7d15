/** Times as ISO 8601; `from` is included, `to` is not. */
export interface CprRecordFilter {
  readonly externalReference?: string;
  readonly from?: string;
  readonly to?: string;
  readonly category?: 'Cpr' | 'Ssn';
  readonly operation?: 'lookup' | 'validate' | 'verify';
  /** From 1. */
  readonly page?: number;
  /** 1 to 500; 50 by default. */
  readonly pageSize?: number;
}

export interface CprRecord {
  readonly id: number;
  readonly externalReference: string | null;
  readonly context: string | null;
  readonly category: 'Cpr' | 'Ssn';
  readonly operation: 'lookup' | 'validate' | 'verify';
  readonly performedAt: string;
  readonly resultSummary: string | null;
}

export interface CprRecordPage {
  readonly page: number;
  readonly pageSize: number;
  readonly totalCount: number;
  readonly items: readonly CprRecord[];
}
