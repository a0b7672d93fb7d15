/** What a file gives itself away as by its first bytes, where that is no plain text of one byte per letter. */
export type FileSignature = 'file-compressed' | 'file-utf8' | 'file-utf16';

/** The kind of file that begins with these bytes; null when nothing speaks against plain text. */
export function signatureOf(beginning: Buffer): FileSignature | null {
  for (const { kind, signature } of SIGNATURES) {
    if (beginning.toString('latin1', 0, signature.length) === signature) return kind;
  }
  return null;
}

const SIGNATURES: readonly { readonly kind: FileSignature; readonly signature: string }[] = [
  { kind: 'file-compressed', signature: '\x1f\x8b' }, // gzip
  { kind: 'file-compressed', signature: 'PK\x03\x04' }, // zip
  { kind: 'file-compressed', signature: 'BZh' }, // bzip2
  { kind: 'file-compressed', signature: '\xfd7zXZ' }, // xz
  { kind: 'file-compressed', signature: '\x28\xb5\x2f\xfd' }, // zstd
  { kind: 'file-compressed', signature: '7z\xbc\xaf' },
  { kind: 'file-utf8', signature: '\xef\xbb\xbf' },
  { kind: 'file-utf16', signature: '\xff\xfe' },
  { kind: 'file-utf16', signature: '\xfe\xff' },
];
