const decimal = /^(?:0|[1-9][0-9]*)$/;

/** A whole number without sign or leading zeros, at most `Number.MAX_SAFE_INTEGER`; null for anything else. */
export function parseDecimal(text: string): number | null {
  const value = Number(text);
  return decimal.test(text) && Number.isSafeInteger(value) ? value : null;
}
