import { describe, expect, it } from "vitest";
import { mailAddressOf } from "./address.ts";

const kept = mailAddressOf;

describe("a mail address, RFC 5321 with domains of RFC 5891", () => {
  it("is kept in lower case, its domain in the letters of the network, however it is typed", () => {
    expect(kept(" Ada@Dairy.Example ")).toBe("ada@dairy.example");
    for (const typed of ["ada@b\u00fccher.example", "ada@BU\u0308CHER.example", "ada@xn--bcher-kva.example"])
      expect(kept(typed)).toBe("ada@xn--bcher-kva.example");
    expect(kept("ada@\u0434\u043e\u043c.example")).toBe("ada@xn--d1aqf.example");
  });

  it("is none without a name or a domain, with line breaks, marks that turn text round, several addresses or letters that look like others", () => {
    const wrong = [
      "",
      "ada",
      "@x.example",
      "ada@",
      "ada@x",
      "ada@exa mple.org",
      "a\u0434\u0430@x.example",
      "ada@x.example\r\nBcc: all@x.example",
    ];
    const worse = ["ada@x.example,eve@x.example", "<ada@x.example>", '"a b"@x.example', "ada@\u202ex.example\u0000", "ada\u0000@x.example"];
    for (const typed of [...wrong, ...worse, `${"a".repeat(250)}@x.example`, `ada@${"b.".repeat(200)}example`, "ada@[127.0.0.1]"])
      expect([typed, kept(typed)]).toEqual([typed, null]);
  });
});
