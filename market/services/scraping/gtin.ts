/** A GTIN (8, 12, 13 or 14 digits; ISBN-10 as its 13) with blanks and hyphens left out; null where the check digit is wrong (GS1 General Specifications §7.9). */
export function validGtin(text: string): string | null {
  const digits = text.replace(/[\s-]/g, "");
  if (/^\d{9}[\dX]$/i.test(digits)) return isbn13(digits);
  return /^(?:\d{8}|\d{12,14})$/.test(digits) && !/^0+$/.test(digits) && hasCheckDigit(digits) ? digits : null;
}

function hasCheckDigit(digits: string): boolean {
  const body = [...digits.slice(0, -1)].reverse();
  const sum = body.reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10 === Number(digits.at(-1));
}

function isbn13(isbn10: string): string | null {
  const sum = [...isbn10.toUpperCase()].reduce((total, digit, index) => total + (digit === "X" ? 10 : Number(digit)) * (10 - index), 0);
  if (sum % 11 !== 0) return null;
  const body = `978${isbn10.slice(0, 9)}`;
  return (
    ["0123456789"]
      .flatMap((all) => [...all])
      .map((check) => body + check)
      .find(hasCheckDigit) ?? null
  );
}
