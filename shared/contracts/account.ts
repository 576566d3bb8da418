import { z } from "zod";
import type { UserId } from "../models/ids.ts";
import { orderView } from "./cart.ts";
import { picture } from "./dto.ts";
import { entryCard, ticketView } from "./events.ts";

const profile = z
  .object({
    name: z.string(),
    handle: z.string(),
    email: z.string().nullable(),
    bio: z.string(),
    picture: picture.nullable(),
    memberSince: z.date(),
  })
  .readonly();

/** Everything of one person at a glance. */
export const dashboard = z
  .object({
    profile,
    orders: z.array(orderView).readonly(),
    tickets: z.array(ticketView).readonly(),
    nextEntries: z.array(entryCard).readonly(),
    unreadCount: z.number().int(),
    cartCount: z.number().int(),
  })
  .readonly();
export type Dashboard = z.output<typeof dashboard>;

/** What a member's own pages answer. */
export interface AccountService {
  getDashboard(userId: UserId): Promise<Dashboard>;
}
