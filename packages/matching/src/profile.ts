/**
 * The rules a comparison follows.
 * - `dk`: names and addresses as CPR holds them.
 * - `ssn`: names in the Social Security Administration's own form (POMS RM 10205.125): first name without
 *   blanks, hyphens and apostrophes, surname with its hyphen as a blank, fields cut at 16/16/21 letters.
 * - `general`: names of any country.
 */
export type Profile = 'dk' | 'ssn' | 'general';
