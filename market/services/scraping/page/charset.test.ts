import { describe, expect, it } from "vitest";
import { extractProduct } from "../index.ts";

const latin = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const name = (bytes: Uint8Array, contentType?: string) => extractProduct(bytes, "https://mill.example/1", { contentType }).name;

describe("the encoding of a page", () => {
  it("is its BOM's, whatever else is said", () => {
    const utf16 = Buffer.from("\ufeff<h1>Müsli</h1>", "utf16le");
    expect(name(utf16, "text/html; charset=iso-8859-1")).toBe("Müsli");
    expect(name(Buffer.from("\ufeff<meta charset=latin1><h1>Müsli</h1>"))).toBe("Müsli");
  });

  it("is the header's, else the meta's, in all their spellings", () => {
    expect(name(latin("<h1>M\xfcsli</h1>"), "text/html; charset=ISO-8859-1")).toBe("Müsli");
    expect(name(latin('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><h1>M\xfcsli</h1>'))).toBe("Müsli");
    expect(name(latin("<meta charset='windows-1251'><h1>\xd0\xe6\xe0\xed\xe0\xff \xec\xf3\xea\xe0</h1>"))).toBe("Ржаная мука");
    expect(name(latin('<meta charset="shift_jis"><h1>\x83\x89\x83C\x94\x9e</h1>'))).toBe("ライ麦");
    expect(name(latin('<meta charset="euc-jp"><h1>\xa5\xe9\xa5\xa4</h1>'))).toBe("ライ");
  });

  it("is not a single-byte one that the page names but does not use", () => {
    expect(name(Buffer.from("<meta charset=iso-8859-1><h1>Müsli</h1>"))).toBe("Müsli");
  });

  it("is windows-1252 where it can't be UTF-8 and nothing is said, or nonsense", () => {
    expect(name(latin("<h1>M\xfcsli \x80 5</h1>"))).toBe("Müsli € 5");
    expect(name(latin("<meta charset=klingon><h1>M\xfcsli</h1>"), "text/html; charset=nonsense")).toBe("Müsli");
  });

  it("may end within a character", () => {
    expect(name(Buffer.from("<h1>Müsli</h1>ü").subarray(0, -1))).toBe("Müsli");
  });
});
