/** SQL that reads the key version off a sealed value in `column`: its first two bytes, big-endian, in hex. */
export function sealedVersionSql(column: string): string {
  return `hex(substr(${column}, 1, 2))`;
}

/** The same form for a version number, to compare with. */
export function versionInHex(version: number): string {
  return version.toString(16).toUpperCase().padStart(4, '0');
}
