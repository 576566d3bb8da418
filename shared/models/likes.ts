import { sql } from "drizzle-orm";
import { bigint, check, index, pgTable, text, unique } from "drizzle-orm/pg-core";
import { createdAt, identity, oneOf, reference } from "./columns.ts";
import { devices, users } from "./identity.ts";
import type { DeviceId, UserId } from "./ids.ts";

/** Somebody likes something: a member, or a guest's browser. subject is the id of a row of that kind; its owner removes what goes with it. */
export const likes = pgTable(
  "likes",
  {
    id: identity(),
    kind: text().$type<"post" | "product">().notNull(),
    subject: bigint({ mode: "number" }).notNull(),
    userId: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "cascade" }),
    deviceId: text()
      .$type<DeviceId>()
      .references(() => devices.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (table) => [
    oneOf("likes_kind", table.kind, ["post", "product"]),
    check("likes_by_one", sql`num_nonnulls(${table.userId}, ${table.deviceId}) = 1`),
    unique("likes_once_a_member").on(table.kind, table.subject, table.userId),
    unique("likes_once_a_device").on(table.kind, table.subject, table.deviceId),
    index("likes_user").on(table.userId),
    index("likes_device").on(table.deviceId),
  ],
);
