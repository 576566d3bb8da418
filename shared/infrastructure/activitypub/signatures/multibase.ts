const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const MOST_CHARACTERS = 200; // the way it is done here takes the square of it

/** Bytes of a text in base58btc with its mark "z"; null for anything else. */
export function decodeMultibase(text: string): Buffer | null {
  if (!text.startsWith("z") || text.length > MOST_CHARACTERS) return null;
  let number = 0n;
  for (const character of text.slice(1)) {
    const digit = ALPHABET.indexOf(character);
    if (digit < 0) return null;
    number = number * 58n + BigInt(digit);
  }
  const zeros = /^z(1*)/.exec(text)?.[1]?.length ?? 0;
  const hex = number === 0n ? "" : number.toString(16);
  return Buffer.concat([Buffer.alloc(zeros), Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex")]);
}

/** The other way. */
export function encodeMultibase(bytes: Buffer): string {
  let number = BigInt(`0x${bytes.toString("hex") || "0"}`);
  let text = "";
  for (; number > 0n; number /= 58n) text = `${ALPHABET[Number(number % 58n)]}${text}`;
  const zeros = bytes.findIndex((byte) => byte !== 0);
  return `z${"1".repeat(zeros < 0 ? bytes.length : zeros)}${text}`;
}
