import { type ActivityHandler, forgetPerson } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { FastifyInstance } from "fastify";

/** What blog does about activities. */
export function makeHandlers({ services }: FastifyInstance): readonly ActivityHandler[] {
  return [forgetPerson("blog", services)];
}
