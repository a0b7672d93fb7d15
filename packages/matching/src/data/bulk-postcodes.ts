/** Postcodes of large receivers (stormodtagere), from DanmarksAdresser/Dawa packages/server/data/postnumre.csv, MIT. */
export const BULK_POSTCODES: ReadonlySet<string> = new Set(
  '0800 0999 1092 1093 1095 1098 1140 1147 1148 1217 1240 1448 1566 1592 1599 1630 1785 1786 1787 '
    .trim()
    .split(' '),
);
