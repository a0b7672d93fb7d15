import type { FieldRow } from './fixed-width.ts';

type Layout = Readonly<Record<string, FieldRow>>;

/*
 * Where the fields that Vidimus uses stand in the records of U12170-P and U12160-P. Positions are bytes, counted
 * from 1, in CPR's record descriptions. Record types and fields that are missing here are read past.
 */

/** The number that a record belongs to, the same place in every type. In 022 it is the current one (PNRGÆLD). */
export const OWNER = { field: 'PNR', from: 4, length: 10 } as const satisfies FieldRow;

/** 000, first of the file. */
export const START_RECORD = {
  task: { field: 'OPGAVENR', from: 14, length: 6 },
  productionDate: { field: 'PRODDTO', from: 20, length: 8 },
  previousProductionDate: { field: 'PRODDTOFORRIG', from: 28, length: 8 },
} as const satisfies Layout;

/** 999, last of the file. */
export const END_RECORD = {
  counter: { field: 'TAELLER', from: 14, length: 8 },
} as const satisfies Layout;

/** 001 person. */
export const PERSON = {
  currentNumber: { field: 'PNRGAELD', from: 14, length: 10 },
  status: { field: 'STATUS', from: 24, length: 2 },
  statusSince: { field: 'STATUSHAENSTART', from: 26, length: 12 },
  statusSinceMark: { field: 'STATUSDTO_UMRK', from: 38, length: 1 },
  sex: { field: 'KOEN', from: 39, length: 1 },
  birthDate: { field: 'FOED_DT', from: 40, length: 10 },
  birthDateMark: { field: 'FOED_DT_UMRK', from: 50, length: 1 },
} as const satisfies Layout;

/** 002 current address; the road's full name is in type B only. */
export const REGISTERED_ADDRESS = {
  municipalityCode: { field: 'KOMKOD', from: 14, length: 4 },
  roadCode: { field: 'VEJKOD', from: 18, length: 4 },
  houseNumber: { field: 'HUSNR', from: 22, length: 4 },
  floor: { field: 'ETAGE', from: 26, length: 2 },
  door: { field: 'SIDEDOER', from: 28, length: 4 },
  buildingNumber: { field: 'BNR', from: 32, length: 4 },
  careOf: { field: 'CONVN', from: 36, length: 34 },
  roadFullName: { field: 'VEJNVN', from: 307, length: 40 },
} as const satisfies Layout;

/** 003 clear-text address. ADRNVN (14+34) is never taken apart: it comes in two orders and is cut at 34 letters. */
export const CLEAR_TEXT_ADDRESS = {
  careOf: { field: 'CONVN', from: 48, length: 34 },
  locality: { field: 'LOKALITET', from: 82, length: 34 },
  city: { field: 'BYNVN', from: 150, length: 34 },
  postcode: { field: 'POSTNR', from: 184, length: 4 },
  postDistrict: { field: 'POSTDISTTXT', from: 188, length: 20 },
  municipalityCode: { field: 'KOMKOD', from: 208, length: 4 },
  roadCode: { field: 'VEJKOD', from: 212, length: 4 },
  houseNumber: { field: 'HUSNR', from: 216, length: 4 },
  floor: { field: 'ETAGE', from: 220, length: 2 },
  door: { field: 'SIDEDOER', from: 222, length: 4 },
  buildingNumber: { field: 'BNR', from: 226, length: 4 },
  road: { field: 'VEJADRNVN', from: 230, length: 20 },
} as const satisfies Layout;

/**
 * 004 protection. The delete date behind these (SLET_DT-BESKYTTELSE) is CPR's housekeeping and never an end: it has
 * no row, so that nobody can load it.
 */
export const PROTECTION = {
  type: { field: 'BESKYTTYPE', from: 14, length: 4 },
  since: { field: 'START_DT-BESKYTTELSE', from: 18, length: 10 },
} as const satisfies Layout;

/** 005 emigration in force. */
export const EMIGRATION = {
  countryCode: { field: 'UDR_LANDEKOD', from: 14, length: 4 },
  since: { field: 'UDRDTO', from: 18, length: 12 },
  sinceMark: { field: 'UDRDTO_UMRK', from: 30, length: 1 },
} as const satisfies Layout;

/** 008 current name. */
export const NAME = {
  given: { field: 'FORNVN', from: 14, length: 50 },
  middle: { field: 'MELNVN', from: 65, length: 40 },
  surname: { field: 'EFTERNVN', from: 106, length: 40 },
} as const satisfies Layout;

/** 022 a number the person had before. */
export const EARLIER_NUMBER = {
  number: { field: 'PNR', from: 14, length: 10 },
} as const satisfies Layout;

/** 023 former address. */
export const FORMER_ADDRESS = {
  correctionMark: { field: 'ANNKOR', from: 14, length: 1 },
  municipalityCode: { field: 'KOMKOD', from: 15, length: 4 },
  roadCode: { field: 'VEJKOD', from: 19, length: 4 },
  houseNumber: { field: 'HUSNR', from: 23, length: 4 },
  floor: { field: 'ETAGE', from: 27, length: 2 },
  door: { field: 'SIDEDOER', from: 29, length: 4 },
  buildingNumber: { field: 'BNR', from: 33, length: 4 },
  careOf: { field: 'CONVN', from: 37, length: 34 },
  since: { field: 'TILFLYDTO', from: 71, length: 12 },
  sinceMark: { field: 'TILFLYDT_UMRK', from: 83, length: 1 },
  until: { field: 'FRAFLYDTO', from: 84, length: 12 },
  untilMark: { field: 'FRAFLYDTO_UMRK', from: 96, length: 1 },
} as const satisfies Layout;

/** 026 former name. */
export const FORMER_NAME = {
  correctionMark: { field: 'ANNKOR', from: 14, length: 1 },
  given: { field: 'FORNVN', from: 15, length: 50 },
  middle: { field: 'MELNVN', from: 66, length: 40 },
  surname: { field: 'EFTERNVN', from: 107, length: 40 },
  since: { field: 'NVNHAENSTART', from: 148, length: 12 },
  sinceMark: { field: 'HAENSTART_UMRK-NAVNE', from: 160, length: 1 },
  until: { field: 'NVNHAENSLUT', from: 161, length: 12 },
  untilMark: { field: 'HAENSLUT_UMRK-NAVNE', from: 173, length: 1 },
} as const satisfies Layout;
