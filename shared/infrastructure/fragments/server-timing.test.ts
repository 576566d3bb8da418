import { expect, it } from "vitest";
import type { Shown } from "./compose.ts";
import { serverTiming } from "./server-timing.ts";

const piece = (type: Shown["type"], how: Shown["how"], ms: number): Shown => ({
  ...{ type, how, ms, html: "<b>Ada's cart</b>" },
  ...{ isPersonal: true, tags: ["cart:user:7", "product:secret"], goodUntil: Number.POSITIVE_INFINITY },
});

it("names each kind once, how it was had and how long it took, and nothing of what is in it", () => {
  const pieces = [
    piece("nav-tree", "hit", 0.04),
    piece("product-card", "hit", 0.1),
    piece("product-card", "miss", 7.25),
    piece("product-card", "hit", 0.1),
    piece("cart-mini", "fallback", 300),
  ];
  expect(serverTiming(pieces)).toBe(
    'nav-tree;desc="hit";dur=0.0, product-card;desc="2 hit, 1 miss";dur=7.3, cart-mini;desc="fallback";dur=300.0',
  );
});
