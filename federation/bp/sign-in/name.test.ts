import { describe, expect, it } from "vitest";
import { nameError, newName } from "./name.ts";

describe("the name of a new member", () => {
  it.each(["Ada", " Zoë O’Brien ", "نیما\u200cدخت", "ක්\u200dෂ", "👩🏽\u200d🌾 Bo", "x".repeat(80)])("may be %j", (name) => {
    expect(newName.safeParse(name).success).toBe(true);
  });

  it.each([
    ["nothing", ""],
    ["spaces", "   "],
    ["81 characters", "x".repeat(81)],
  ])("may not be %s: the message speaks of length", (_what, name) => {
    expect(newName.safeParse(name).success).toBe(false);
    expect(nameError({ name }).message).toContain("at most 80 characters");
  });

  it.each([
    ["a line break", "Ada\nAdmin"],
    ["a turned text", "Ada \u202enimda"],
    ["a joiner that joins nothing", "Ada \u200d Bo"],
    ["a joiner at the end", "Ada\u200d."],
    ["a zero byte", "A\0da"],
    ["a soft hyphen", "A\u00adda"],
  ])("may not hold %s: the message speaks of what can't be seen", (_what, name) => {
    expect(newName.safeParse(name).success).toBe(false);
    expect(nameError({ name }).message).toContain("nobody can see");
  });

  it("is asked for again when the form held none", () => {
    for (const body of [undefined, null, {}, { name: 7 }, "x"]) expect(nameError(body).message).toContain("what to call you");
  });
});
