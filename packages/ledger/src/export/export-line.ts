import { decodeBase64, encodeBase64 } from '../base64.ts';
import { hashLength } from '../tree-hash.ts';
import { decodeUtf8 } from '../utf8.ts';
import { parseJsonObject } from './json-object.ts';

/** One entry of an exported ledger (EXPORT.md, entries.jsonl). */
export type ExportLine = {
  /** From 1. */
  readonly entry: number;
  /** The text whose UTF-8 is the leaf. */
  readonly leaf: string;
  /** The leaf hash, 32 bytes. It is checked, never believed: it tells which entry was damaged. */
  readonly hash: Uint8Array;
  /** 16 bytes of salt and the JSON of the details; null once they are erased. */
  readonly details: Uint8Array | null;
};

const members = ['entry', 'leaf', 'hash', 'details'] as const;

/** Keeps a reader's memory small on a file that is no export; an entry has less than a kilobyte. */
export const longestLine = 2 ** 20;

/** The line with its newline. */
export function formatExportLine({ entry, leaf, hash, details }: ExportLine): string {
  const encodedDetails = details === null ? null : encodeBase64(details);
  return `${JSON.stringify({ entry, leaf, hash: encodeBase64(hash), details: encodedDetails })}\n`;
}

/** Reads what `formatExportLine` wrote, to the byte; null for anything else, a line cut short included. */
export function parseExportLine(line: Uint8Array): ExportLine | null {
  const text = line.length > longestLine ? null : decodeUtf8(line);
  const value = text?.endsWith('\n') ? parseJsonObject(text.slice(0, -1), members) : null;
  if (value === null) return null;
  const { entry, leaf } = value;
  if (typeof entry !== 'number' || !Number.isSafeInteger(entry) || entry < 1) return null;
  const hash = bytesOf(value['hash']);
  const details = bytesOf(value['details']);
  if (typeof leaf !== 'string' || hash?.length !== hashLength) return null;
  return details === null && value['details'] !== null ? null : { entry, leaf, hash, details };
}

function bytesOf(value: unknown): Uint8Array | null {
  return typeof value === 'string' ? decodeBase64(value) : null;
}
