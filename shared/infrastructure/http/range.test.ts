import { expect, it } from "vitest";
import { readRange } from "./range.ts";

it.each([
  ["bytes=0-9", { first: 0, last: 9 }],
  ["bytes=90-", { first: 90, last: 99 }],
  ["bytes=-10", { first: 90, last: 99 }],
  ["bytes=-1000", { first: 0, last: 99 }],
  ["bytes=95-2000", { first: 95, last: 99 }],
  ["bytes=99-99", { first: 99, last: 99 }],
  ["bytes=100-", "outside"],
  ["bytes=200-300", "outside"],
  ["bytes=-0", "outside"],
  ["bytes=9-5", null],
  ["bytes=-", null],
  ["bytes=0-1,5-6", null],
  ["bytes=a-b", null],
  ["bytes=0-99999999999999999999", null],
  ["lines=0-9", null],
  ["", null],
  [undefined, null],
])("reads %j of a hundred bytes", (header, part) => {
  expect(readRange(header, 100)).toEqual(part);
});

it("finds no part of an empty file", () => {
  expect(readRange("bytes=0-", 0)).toBe("outside");
});
