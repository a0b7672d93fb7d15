/** What the first process prints once its workers serve. */
export interface Serving {
  readonly url: string;
  readonly mode: 'live' | 'sandbox' | 'sealed';
}

/**
 * What workers and their first process say to each other. A scrape reaches one worker, which `asks` what all of them have
 * counted; each is `told` to tell its part, and the parts go back as the `answer`, null when one did not come.
 */
export type FromWorker =
  | { readonly kind: 'serving'; readonly serving: Serving }
  | { readonly kind: 'ask'; readonly question: number }
  | { readonly kind: 'part'; readonly question: number; readonly asker: number; readonly part: unknown };

export type ToWorker =
  | { readonly kind: 'tell'; readonly question: number; readonly asker: number }
  | { readonly kind: 'answer'; readonly question: number; readonly parts: readonly unknown[] | null };
