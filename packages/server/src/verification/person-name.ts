/** Letters and marks of any script, blank, hyphen, apostrophes and period; at least one letter. */
const NAME = /^(?=.*\p{L})[\p{L}\p{M} .'’‘ʼ`´\u2010\u2011-]+$/u;

/** Whether a text can be somebody's name: no digits, no signs, no control characters. */
export function isPersonName(text: string): boolean {
  return NAME.test(text);
}
