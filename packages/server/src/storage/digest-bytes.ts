/**
 * The bytes of a digest that Node has given as `binary`, a letter a byte; the first `length` of them. Asked for a Buffer,
 * Node allocates memory of its own for it, which takes longer than the hashing.
 */
export function digestBytes(digest: string, length: number = digest.length): Buffer<ArrayBuffer> {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at += 1) bytes[at] = digest.charCodeAt(at);
  return bytes;
}
