import { openTestShop } from "../../../../tests/test-shop/index.ts";

// The shop, in a process of its own: what it costs is not counted. argv: how many products. Says its origin.
const shop = await openTestShop(Number(process.argv[2]));
process.send?.(shop.origin);
process.on("disconnect", () => void shop.close());
