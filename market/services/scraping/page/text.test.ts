import { parseDocument } from "htmlparser2";
import { expect, it } from "vitest";
import { textOf, tidy } from "./text.ts";

const BLANKS = " \n\t".repeat(7_000_000);

it("folds megabytes of blanks, however often", () => {
  const page = parseDocument(`<p>Rye${BLANKS}flour</p>`);
  for (let time = 0; time < 5; time++) {
    expect(textOf(page, 30_000_000)).toBe("Rye flour");
    expect(tidy(`Rye${BLANKS}flour`)).toBe("Rye flour");
  }
}, 60_000);
