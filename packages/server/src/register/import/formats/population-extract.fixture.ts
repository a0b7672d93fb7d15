import { cprPopulation, type PopulationAddress, type PopulationPerson } from '@vidimus/testkit';
import {
  CLEAR_TEXT_ADDRESS,
  EARLIER_NUMBER,
  EMIGRATION,
  END_RECORD,
  FORMER_ADDRESS,
  FORMER_NAME,
  NAME,
  OWNER,
  PERSON,
  PROTECTION,
  REGISTERED_ADDRESS,
  START_RECORD,
} from './cpr-layouts.ts';
import { CPR_RECORD_LENGTHS } from './cpr-record-lengths.ts';
import type { FieldRow } from './fixed-width.ts';

/** Which persons of which population a file delivers, and in which form. */
export interface PopulationExtract {
  readonly seed: number;
  readonly persons: number;
  /** Index of the first person; 0 when left out. */
  readonly from?: number;
  /** The files of a task follow each other; from each to the next one person in twenty moves. 0 when left out. */
  readonly edition?: number;
  /** Between records; empty for the form without line breaks. `\n` when left out. */
  readonly lineBreak?: '\n' | '\r\n' | '';
  /** A change file has an event with each person; a full one has none and is not checked against the chain. */
  readonly changeEvents?: boolean;
  /** About so many bytes come at once. */
  readonly chunkBytes?: number;
}

const CHUNK_BYTES = 1 << 20;
/** No person has so many records that they would not fit. */
const ROOM_BYTES = 16 * 1024;

/** Writes an extract of the population as it is read: the same file for the same values, in memory that does not grow. */
export function* populationExtract(extract: PopulationExtract): Generator<Buffer> {
  const { seed, persons, from = 0, edition = 0, chunkBytes = CHUNK_BYTES } = extract;
  const population = cprPopulation(seed, edition);
  const writer = new RecordWriter(chunkBytes + ROOM_BYTES, extract.lineBreak ?? '\n');
  writeStart(writer, edition);
  for (let index = from; index < from + persons; index++) {
    writePerson(writer, population.person(index), extract.changeEvents ?? true);
    if (writer.filled >= chunkBytes) yield writer.drain();
  }
  const counter = writer.records - 1;
  writer.begin('999', '9999999999');
  writer.put(END_RECORD.counter, String(counter).padStart(8, '0'));
  writer.end();
  yield writer.drain();
}

/** Records one after the other into one buffer, fields put at the places of the layout tables. */
class RecordWriter {
  records = 0;
  readonly #buffer: Buffer;
  readonly #lineBreak: string;
  #start = 0;
  #end = 0;

  constructor(bytes: number, lineBreak: string) {
    this.#buffer = Buffer.alloc(bytes);
    this.#lineBreak = lineBreak;
  }

  get filled(): number {
    return this.#end;
  }

  begin(type: keyof typeof CPR_RECORD_LENGTHS, owner: string): void {
    this.records++;
    this.#start = this.#end;
    this.#end = this.#start + CPR_RECORD_LENGTHS[type];
    this.#buffer.fill(0x20, this.#start, this.#end);
    this.#buffer.write(type, this.#start, 'latin1');
    this.put(OWNER, owner);
  }

  put(row: FieldRow, text: string): void {
    if (text !== '') this.#buffer.write(text, this.#start + row.from - 1, row.length, 'latin1');
  }

  end(): void {
    if (this.#lineBreak === '') return;
    while (this.#buffer[this.#end - 1] === 0x20) this.#end--;
    this.#end += this.#buffer.write(this.#lineBreak, this.#end, 'latin1');
  }

  /** What was written since the last time. */
  drain(): Buffer {
    const written = Buffer.from(this.#buffer.subarray(0, this.#end));
    this.#end = 0;
    return written;
  }
}

const TASK = '110901';
const FIRST_DAY = Date.UTC(2026, 0, 5);
const DAY_MS = 86_400_000;

function writeStart(writer: RecordWriter, edition: number): void {
  const day = (at: number) =>
    new Date(FIRST_DAY + at * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '');
  writer.begin('000', '0000000000');
  writer.put(START_RECORD.task, TASK);
  writer.put(START_RECORD.productionDate, day(edition));
  writer.put(START_RECORD.previousProductionDate, day(edition - 1));
  writer.end();
}

/** In the order of a real delivery: 003 and the event stand last. */
function writePerson(writer: RecordWriter, person: PopulationPerson, changeEvents: boolean): void {
  const { number } = person;
  writer.begin('001', number);
  writer.put(PERSON.currentNumber, person.currentNumber ?? '');
  writer.put(PERSON.status, person.status);
  writer.put(PERSON.statusSince, clock(person.statusSince));
  writer.put(PERSON.sex, person.sex);
  writer.put(PERSON.birthDate, person.birthDate);
  writer.end();
  if (person.address !== null) writeRegisteredAddress(writer, number, person.address);
  for (const type of person.protections) {
    writer.begin('004', number);
    writer.put(PROTECTION.type, type);
    writer.put(PROTECTION.since, '2020-03-02');
    writer.end();
  }
  if (person.emigratedTo !== null) {
    writer.begin('005', number);
    writer.put(EMIGRATION.countryCode, person.emigratedTo);
    writer.put(EMIGRATION.since, clock(person.statusSince));
    writer.end();
  }
  writeNames(writer, person);
  for (const type of ['010', '012', '015'] as const) writeUnread(writer, type, number);
  if (person.earlierNumber !== null) {
    writer.begin('022', number);
    writer.put(EARLIER_NUMBER.number, person.earlierNumber);
    writer.end();
  }
  person.formerAddresses.forEach((address, at) => {
    writeFormerAddress(writer, number, address, 2024 - 3 * at);
  });
  if (changeEvents) writeUnread(writer, '099', number);
  writeClearTextAddress(writer, number, person.address);
}

function writeRegisteredAddress(writer: RecordWriter, number: string, address: PopulationAddress): void {
  writer.begin('002', number);
  writePlace(writer, REGISTERED_ADDRESS, address);
  writer.end();
}

function writeClearTextAddress(
  writer: RecordWriter,
  number: string,
  address: PopulationAddress | null,
): void {
  writer.begin('003', number);
  if (address === null) {
    for (const row of [CLEAR_TEXT_ADDRESS.postcode, CLEAR_TEXT_ADDRESS.municipalityCode])
      writer.put(row, '0000');
    writer.put(CLEAR_TEXT_ADDRESS.roadCode, '0000');
  } else {
    const { road } = address;
    writePlace(writer, CLEAR_TEXT_ADDRESS, address);
    writer.put(CLEAR_TEXT_ADDRESS.city, road.city);
    writer.put(CLEAR_TEXT_ADDRESS.postcode, road.postcode);
    writer.put(CLEAR_TEXT_ADDRESS.postDistrict, road.postDistrict);
    writer.put(CLEAR_TEXT_ADDRESS.road, road.name);
  }
  writer.end();
}

function writeFormerAddress(
  writer: RecordWriter,
  number: string,
  address: PopulationAddress,
  movedOut: number,
): void {
  writer.begin('023', number);
  writePlace(writer, FORMER_ADDRESS, address);
  writer.put(FORMER_ADDRESS.since, `${movedOut - 3}05010000`);
  writer.put(FORMER_ADDRESS.until, `${movedOut}05010000`);
  writer.end();
}

/** The fields that 002, 003 and 023 have alike, each at places of its own. */
function writePlace(
  writer: RecordWriter,
  rows: Readonly<
    Record<
      'municipalityCode' | 'roadCode' | 'houseNumber' | 'floor' | 'door' | 'buildingNumber' | 'careOf',
      FieldRow
    >
  >,
  address: PopulationAddress,
): void {
  writer.put(rows.municipalityCode, address.road.municipalityCode);
  writer.put(rows.roadCode, address.road.roadCode);
  writer.put(rows.houseNumber, address.houseNumber);
  writer.put(rows.floor, address.floor);
  writer.put(rows.door, address.door.padStart(4));
  writer.put(rows.buildingNumber, address.buildingNumber);
  writer.put(rows.careOf, address.careOf);
}

function writeNames(
  writer: RecordWriter,
  { number, birthDate, name, formerSurnames }: PopulationPerson,
): void {
  writer.begin('008', number);
  if (name !== null) {
    writer.put(NAME.given, name.given);
    writer.put(NAME.middle, name.middle);
    writer.put(NAME.surname, name.surname);
  }
  writer.end();
  for (const surname of formerSurnames) {
    writer.begin('026', number);
    writer.put(FORMER_NAME.given, name?.given ?? '');
    writer.put(FORMER_NAME.surname, surname);
    writer.put(FORMER_NAME.since, clock(birthDate));
    writer.put(FORMER_NAME.until, '202006010000');
    writer.end();
  }
}

/** What a delivery has and nobody reads: citizenship, civil status, parents, events. */
function writeUnread(writer: RecordWriter, type: '010' | '012' | '015' | '099', number: string): void {
  writer.begin(type, number);
  writer.put(UNREAD[type].row, UNREAD[type].text);
  writer.end();
}

const UNREAD = {
  '010': { row: { field: 'LANDEKOD', from: 14, length: 16 }, text: '5100196101010000' },
  '012': { row: { field: 'CIVST', from: 14, length: 1 }, text: 'U' },
  '015': { row: { field: 'MOR_DT', from: 14, length: 10 }, text: '1961-01-07' },
  '099': { row: { field: 'TIMESTAMPU', from: 14, length: 15 }, text: '202601041200A45' },
} as const;

/** A day as the register writes a time. */
function clock(day: string): string {
  return `${day.replaceAll('-', '')}0000`;
}
