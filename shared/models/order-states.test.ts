import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { ORDER_STATUSES, type OrderStatus, TRANSITIONS } from "./order-states.ts";

it("are drawn in docs/payments.md, each way of an order and no other", () => {
  const text = readFileSync(new URL("../../docs/payments.md", import.meta.url), "utf8");
  const picture = /```mermaid\n(.*?)```/s.exec(text)?.[1] ?? "";
  const within = /state paid_for \{(.*?)\}/s.exec(picture)?.[1] ?? "";
  const arrows = (drawn: string) => [...drawn.matchAll(/(\w+) --> (\w+)/g)].map(([, from = "", to = ""]) => ({ from, to }));
  const isStatus = (name: string): name is OrderStatus => (ORDER_STATUSES as readonly string[]).includes(name);
  const paidFor = new Set(arrows(within).flatMap(({ from, to }) => [from, to]));
  const drawn = arrows(picture).flatMap(({ from, to }) =>
    from === "paid_for" ? [...paidFor].map((one) => `${one} ${to}`) : [`${from} ${to}`],
  );
  const ways = drawn.filter((way) => way.split(" ").every(isStatus));
  expect(ways.toSorted()).toEqual([...new Set(TRANSITIONS.map(({ from, to }) => `${from} ${to}`))].toSorted());
});
