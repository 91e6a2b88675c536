// Offsets of dyad are bytes of UTF-8; JavaScript counts UTF-16 units. "Bogotá" has seven bytes and six units.

/** A function from byte offsets of a text to its own, for offsets asked in any order. */
export function unitsOf(text: string): (byte: number) => number {
  if (isAscii(text)) return (byte) => Math.min(Math.max(byte, 0), text.length);
  const at = new Uint32Array(byteLength(text) + 1);
  let byte = 0;
  for (let i = 0; i < text.length; ) {
    const point = text.codePointAt(i)!;
    const bytes = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    at.fill(i, byte, byte + bytes);
    byte += bytes;
    i += point < 0x10000 ? 1 : 2;
  }
  at[byte] = text.length;
  return (b) => at[Math.min(Math.max(b, 0), byte)]!;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
