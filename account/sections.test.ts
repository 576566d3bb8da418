import { expect, it } from "vitest";
import { sectionsFor } from "./sections.ts";

const app = (...there: string[]) => ({ hasRoute: ({ url }: { url: string }) => there.includes(url) });
const current = (address: string) =>
  sectionsFor(app("/", "/profile", "/orders", "/data"), address)
    .filter(({ isCurrent }) => isCurrent)
    .map(({ name }) => name);

it("the menu of an account names what has a page, in its order", () => {
  expect(sectionsFor(app("/data", "/profile", "/"), "/").map(({ name }) => name)).toEqual(["Overview", "Profile", "Your data"]);
});

it("marks the section that a page belongs to, whatever stands in its query", () => {
  expect(current("/?notice=saved")).toEqual(["Overview"]);
  expect(current("/orders/R-7Q2")).toEqual(["Orders"]);
  expect(current("/settings/notices")).toEqual(["Profile"]);
  expect(current("/ordersheet")).toEqual([]);
});
