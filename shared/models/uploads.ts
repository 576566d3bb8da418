import { index, pgTable } from "drizzle-orm/pg-core";
import { createdAt, reference } from "./columns.ts";
import { users } from "./identity.ts";
import type { MediaId, UserId } from "./ids.ts";
import { media } from "./media.ts";

/** Who brought a file. What programs brought has no row here. */
export const uploads = pgTable(
  "uploads",
  {
    mediaId: reference()
      .$type<MediaId>()
      .primaryKey()
      .references(() => media.id, { onDelete: "cascade" }),
    userId: reference()
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (table) => [index("uploads_user").on(table.userId)],
);
