import { describe, expect, it } from "vitest";
import { readAddresses } from "./addresses.ts";

const read = (text: string) => readAddresses(text, "rose-ash.com");

describe("addresses to come back to", () => {
  it("are read one a line, without empty lines and repetitions", () => {
    const text = " https://app.example/cb \r\n\nhttp://127.0.0.1:4000/cb\nhttps://app.example/cb\n";
    expect(read(text)).toEqual({ kind: "good", addresses: ["https://app.example/cb", "http://127.0.0.1:4000/cb"] });
  });

  it.each([
    "https://app.example/",
    "https://app.example:8443/a?b=c",
    "http://localhost/cb",
    "http://[::1]:3000/cb",
    "https://192.0.2.7/cb",
  ])("may be %s", (address) => {
    expect(read(address)).toEqual({ kind: "good", addresses: [address] });
  });

  it.each([
    ["http://app.example/cb", "https is needed"],
    ["http://127.0.0.1.evil.example/cb", "https is needed"],
    ["http://localhost@evil.example/cb", "https is needed"],
    ["javascript:alert(1)", "https is needed"],
    ["data:text/html,x", "https is needed"],
    ["com.example.app:/cb", "https is needed"],
    ["//app.example/cb", "not a complete address"],
    ["/cb", "not a complete address"],
    ["https://", "not a complete address"],
    ["https://app.example/c b", "not a complete address"],
    ["https://app.example/\u202e", "not a complete address"],
    ["https://app.example\\@evil.example/", "letter for letter"],
    ["https://ada:secret@app.example/cb", "name or password"],
    ["https://app.example/cb#top", "behind #"],
    ["https://app.example/cb#", "behind #"],
    ["https://*.app.example/cb", "no placeholders"],
    ["https://app_.example/cb", "no placeholders"],
    ["https://app.example", "write it as https://app.example/"],
    ["https://APP.example/cb", "write it as https://app.example/cb"],
    ["https://app.example:443/cb", "write it as https://app.example/cb"],
    ["https://app.example/a/../cb", "write it as https://app.example/cb"],
    ["https://rose-ash.com/cb", "address of ours"],
    ["https://blog.rose-ash.com/auth/callback", "address of ours"],
    [`https://app.example/${"a".repeat(500)}`, "longer than 500"],
  ])("may not be %s", (address, fault) => {
    expect(read(`https://fine.example/cb\n${address}`)).toEqual({ kind: "bad", message: expect.stringContaining(fault) });
  });

  it("are ten at most", () => {
    const many = Array.from({ length: 11 }, (_, i) => `https://app.example/${i}`).join("\n");
    expect(read(many)).toEqual({ kind: "bad", message: "At most 10 addresses, please." });
  });
});
