/** The tables that cart owns. */
export { cartLines, carts, orderLines, orders } from "@rose-ash/shared/models/cart.ts";
