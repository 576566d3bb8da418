import { defineFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { z } from "zod";

/** The bell in the header of every page; guests have none. */
export const notificationBadge = defineFragment({
  type: "notification-badge",
  params: z.object({}),
  async render({ services, subject }) {
    const count = subject.kind === "user" ? await services.federation.countUnread(subject.userId) : null;
    return { template: "fragments/notification-badge.html", context: { count } };
  },
});
