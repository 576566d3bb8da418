/** A file of an archive: its name, of ASCII and at most a hundred letters, and its bytes, so many as it says. */
export interface ArchivedFile {
  readonly name: string;
  readonly byteLength: number;
  readonly bytes: Iterable<Buffer> | AsyncIterable<Buffer>;
}

const BLOCK = 512;

/** An archive as tar reads it (POSIX.1-1988, ustar), made while it is sent: of a file no more is in memory than one piece. at: of all files. */
export async function* writeTar(files: AsyncIterable<ArchivedFile>, at: Date): AsyncGenerator<Buffer> {
  for await (const { name, byteLength, bytes } of files) {
    yield headerOf(name, byteLength, at);
    let written = 0;
    for await (const piece of bytes) {
      written += piece.length;
      yield piece;
    }
    if (written !== byteLength) throw new Error(`${name} is of ${written} bytes, not of ${byteLength}: the archive would be damaged`);
    yield Buffer.alloc((BLOCK - (byteLength % BLOCK)) % BLOCK);
  }
  yield Buffer.alloc(2 * BLOCK);
}

function headerOf(name: string, byteLength: number, at: Date): Buffer {
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, offset: number, length: number) =>
    header.write(`${value.toString(8).padStart(length - 1, "0")}\0`, offset, "ascii");
  header.write(name, 0, 100, "ascii");
  octal(0o644, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(byteLength, 124, 12);
  octal(Math.floor(at.getTime() / 1000), 136, 12);
  header.write("        0", 148, "ascii"); // the sum is counted with blanks in its place; a plain file
  header.write("ustar\0" + "00", 257, "ascii");
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "ascii");
  return header;
}
