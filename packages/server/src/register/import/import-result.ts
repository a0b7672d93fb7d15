/** Why a file was not taken in; nothing was changed. */
export interface Refusal {
  readonly kind: 'refused';
  readonly code: string;
  /** Null where the whole file is meant. */
  readonly line: number | null;
  readonly detail: string;
}

/** What came of one file. */
export type ImportResult<Report> = { readonly kind: 'imported'; readonly report: Report } | Refusal;

/** A fault of the file as its refusal. */
export function refused({ code, line, detail }: Omit<Refusal, 'kind'>): Refusal {
  return { kind: 'refused', code, line, detail };
}
