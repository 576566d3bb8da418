import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CodedError, ERRORS, type ErrorCode } from "@rose-ash/shared/contracts/errors.ts";
import { describe, expect, it } from "vitest";

const PAGE = readFileSync(join(import.meta.dirname, "../docs/errors.md"), "utf8");
const ROW = /^\| `([a-z-]+)` \| (\d{3}) \| (.+) \| (.+) \|$/gm;
const documented = [...PAGE.matchAll(ROW)].map(([, code, status, title, when]) => ({ code, status: Number(status), title, when }));
const CODES = Object.keys(ERRORS) as ErrorCode[];

describe("docs/errors.md", () => {
  it("lists each error of the code, in its words and order, and no other", () => {
    expect(documented).toEqual(CODES.map((code) => ({ code, ...ERRORS[code] })));
  });
});

describe("an error code", () => {
  it.each(CODES)("%s can stand in the address of a problem, and says something to a person", (code) => {
    const { status, title, when } = ERRORS[code];
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(status).toSatisfy((number: number) => number >= 400 && number < 600);
    expect(title).toMatch(/^[A-Z][^.|]+$/);
    expect(when).toMatch(/^[A-Z][^|]+\.$/);
  });

  it("keeps for the log what is not for the person", () => {
    const error = new CodedError("not-found", "There is no such post.", { slug: "crust" });
    expect([error.status, error.detail, error.context]).toEqual([404, "There is no such post.", { slug: "crust" }]);
    expect(error.message).not.toContain("crust");
  });
});
