declare module 'talisman/metrics/jaro-winkler.js' {
  export default function jaroWinkler(a: string, b: string): number;
}
declare module 'talisman/metrics/monge-elkan.js' {
  export default function mongeElkan(
    similarity: (a: string, b: string) => number,
    a: readonly string[],
    b: readonly string[],
  ): number;
}
declare module 'name-match' {
  const product: { readonly match: (a: string, b: string) => number };
  export default product;
}
