import type { RegisterDraft } from '../draft.ts';
import type { ImportKeys } from './import-work.ts';

/** Where an import goes. */
export interface ImportParts {
  readonly draft: RegisterDraft;
  readonly keys: ImportKeys;
  /** What was read waits in this folder until all of the file has been, in a file without a name. */
  readonly folder: string;
  readonly clock: () => number;
}

/** How any file is taken in. */
export interface ImportOptions {
  /** Read, check and count everything, then change nothing. */
  readonly dryRun: boolean;
  /** Called with the share of the work that is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** Reading a file takes about as long as writing the register. */
const READING_SHARE = 0.5;

/** What is told of the reading of a file of so many bytes. */
export function readingProgress(
  { onProgress }: ImportOptions,
  fileBytes: number,
): (bytesRead: number) => void {
  return (bytesRead) => onProgress?.((READING_SHARE * bytesRead) / fileBytes);
}

/** What is told of the writing of the register; the share is that of the writing. */
export function writingProgress({ onProgress }: ImportOptions): (share: number) => void {
  return (share) => onProgress?.(READING_SHARE + (1 - READING_SHARE) * share);
}
