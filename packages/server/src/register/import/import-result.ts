/** What came of one file. */
export type ImportResult<Report> =
  | { readonly kind: 'imported'; readonly report: Report }
  /** Nothing was changed. `line` is null where the whole file is meant. */
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly line: number | null;
      readonly detail: string;
    };
