import { expect, it } from "vitest";
import { prologProgram } from "./files.ts";
import { childTime, run } from "./run.ts";
import { figure, type Line, printLines } from "./table.ts";

const LINE: Line = { what: "closure", ours: 0.5, unit: "s", goal: "1 s", part: 0.5, ok: true, cells: {} };

it("prints each engine's figure beside ours, and why there is none", () => {
  const lines: Line[] = [
    { ...LINE, cells: { gringo: { text: "5.0 s", figure: 5 } } },
    { ...LINE, what: "grid", ours: 2, part: 2, ok: false, cells: { gringo: { text: "> 9 s, stopped" }, other: { text: "fails" } } },
  ];
  expect(printLines("Processes", lines).split("\n")).toEqual([
    "### Processes",
    "",
    "| what | ours | goal | ours / goal | gringo | other | met |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    "| closure | 0.50 s | 1 s | 0.50 | 5.0 s (10.0x) |  | yes |",
    "| grid | 2.0 s | 1 s | 2.00 | > 9 s, stopped | fails | NO |",
    "",
  ]);
});

it("gives a figure the digits that say something", () => {
  expect([figure(0.4567, "s"), figure(12.34, "s"), figure(123.4, "ms")]).toEqual(["0.46 s", "12 s", "123 ms"]);
});

it("reads the times that a shell prints of its children", () => {
  expect(childTime("oops\n0m0.01s 0m0.00s\n1m2.50s 0m0.25s\n")).toBe(62.75);
  expect(() => childTime("nothing of the sort")).toThrow("not understood");
});

it("measures a command, stops one that takes too long, and says why one failed", async () => {
  const node = (script: string): string[] => [process.execPath, "-e", script];
  const done = await run(node("console.log(6 * 7); for (const t = Date.now(); Date.now() - t < 300;);"), 20);
  expect(done).toMatchObject({ output: "42\n", isStopped: false });
  expect(done.cpuSeconds).toBeGreaterThan(0.05);
  expect(await run(node("for (;;);"), 0.2)).toMatchObject({ isStopped: true, cpuSeconds: 0.2 });
  await expect(run(node('throw new Error("no bread")'), 20)).rejects.toThrow("no bread");
}, 60_000);

it("tells SWI-Prolog in its own words, with tables for what is derived", () => {
  const text = prologProgram({ rules: "p(X, Y) :- q(X, Y), not r(X), X != Y.\ns(X) :- p(X, _).\n", counted: "p" });
  expect(text).toContain(":- table p/2, s/1.");
  expect(text).toContain("p(X, Y) :- q(X, Y), \\+ r(X), X \\== Y.");
  expect(text).toContain("aggregate_all(count, p(_,_), N)");
});
