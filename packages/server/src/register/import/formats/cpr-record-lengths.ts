/**
 * Every record type of CPR's extracts for authorities, U12170-P (changes) and U12160-P (status), with its full
 * length in bytes. The length is what a file without line breaks is cut by, so that a type which nobody reads
 * needs its length all the same. Source: CPR's record descriptions P12170-000 to P12170-999; 021 and 050 have no
 * published fields, 031–033 are P12180's.
 */
export const CPR_RECORD_LENGTHS = {
  '000': 35,
  '001': 106,
  '002': 306,
  '003': 249,
  '004': 37,
  '005': 200,
  '006': 203,
  '007': 26,
  '008': 193,
  '009': 37,
  '010': 30,
  '011': 25,
  '012': 95,
  '013': 36,
  '014': 23,
  '015': 147,
  '016': 58,
  '017': 272,
  '018': 60,
  '019': 75,
  '020': 47,
  '021': 63,
  '022': 45,
  '023': 96,
  '024': 218,
  '025': 40,
  '026': 173,
  '027': 44,
  '028': 36,
  '029': 109,
  '030': 48,
  '031': 269,
  '032': 269,
  '033': 269,
  '050': 29,
  '052': 287,
  '099': 45,
  '910': 157,
  '997': 43,
  '999': 21,
} as const;

/**
 * Record 002 comes in two types, as the task was ordered: B is A followed by the road's full name and the address's
 * UUID.
 */
export const ADDRESS_LENGTHS = { A: CPR_RECORD_LENGTHS['002'], B: 382 } as const;
