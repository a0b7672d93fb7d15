/** Other names of towns, folded; each line is one town, by its Danish post district first. */
export const TOWN_NAMES: readonly (readonly string[])[] = [
  ['koebenhavn', 'kobenhavn', 'copenhagen', 'kbh', 'kopenhagen', 'kbhvn', 'cph'],
  ['aarhus', 'arhus'],
  ['aalborg', 'alborg'],
  ['helsingoer', 'helsingor', 'elsinore'],
  ['nuuk', 'godthaab', 'godthab'],
  ['frederiksberg', 'frb', 'frbg'],
  ['kongens lyngby', 'kgs lyngby', 'lyngby'],
];
