import type { Services } from "@rose-ash/shared/contracts/services.ts";
import { defineFragment, type FragmentSubject } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { z } from "zod";

/** Who is signed in, or the way in. */
export const authMenu = defineFragment({
  type: "auth-menu",
  params: z.object({}),
  async render({ services, subject }) {
    const name = await nameOf(services, subject);
    return { template: "fragments/auth-menu.html", context: { viewer: name === null ? { kind: "guest" } : { kind: "member", name } } };
  },
});

async function nameOf({ identity }: Services, subject: FragmentSubject): Promise<string | null> {
  if (subject.kind !== "user") return null;
  return (await identity.findPerson(subject.userId))?.name ?? null;
}
