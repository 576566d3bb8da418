import fc from "fast-check";
import { expect, it } from "vitest";
import { fieldConstant } from "../ast/constants.ts";
import { Constants } from "./constants.ts";

const numeric = fc.stringMatching(/^-?[0-9]{1,11}(\.[0-9]{1,3})?$/);
const plain = fc.stringMatching(/^[a-z0-9 ._-]{0,14}$/);
const field = fc.oneof(
  numeric,
  plain,
  fc.string({ unit: "binary", maxLength: 14 }),
  fc.constantFrom("", "-", "0", "007", "-0", "1e3", "é"),
);

it("knows a field of a file and the constant that it means by one id", () => {
  const constants = new Constants();
  const known = new Map<string | number, number>();
  fc.assert(
    fc.property(field, fc.boolean(), (text, isFieldFirst) => {
      const bytes = new TextEncoder().encode(`\t${text}\n`);
      const value = fieldConstant(new TextDecoder().decode(bytes.subarray(1, -1)));
      const asField = (): number => constants.internField(bytes, 1, bytes.length - 1);
      const asValue = (): number => constants.intern(value);
      const [id, again] = isFieldFirst ? [asField(), asValue()] : [asValue(), asField()];
      expect(again).toBe(id);
      expect(constants.find(value)).toBe(id);
      expect(constants.value(id)).toBe(value);
      expect(known.get(value) ?? id).toBe(id);
      known.set(value, id);
    }),
    { numRuns: 3000, seed: 1 },
  );
  expect(new Set(known.values()).size).toBe(known.size);
});

it("finds nothing that never came", () => {
  const constants = new Constants();
  for (const value of ["a", 1, "a rather long name"]) constants.intern(value);
  for (const value of ["b", 2, 1.5, 2 ** 40, "", "another rather long name", "aa"]) expect(constants.find(value)).toBe(-1);
});
