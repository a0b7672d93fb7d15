/** One finding of `doctor`. Whatever is not good comes with what to do about it. */
export type Finding = { readonly about: string; readonly says: string } & (
  | { readonly state: 'good'; readonly remedy: null }
  | { readonly state: 'watch' | 'bad'; readonly remedy: string }
);

export function good(about: string, says: string): Finding {
  return { about, state: 'good', says, remedy: null };
}
