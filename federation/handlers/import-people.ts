import type { ImportTask } from "@rose-ash/shared/contracts/people-imports.ts";
import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { PeopleImportId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";
import { type Following, follow } from "../following/follow.ts";
import { block, blockDomain } from "../people/decide.ts";
import { findAnybody } from "../people/find-anybody.ts";

type Outcome = { readonly state: "done" | "failed"; readonly note: string };

const done: Outcome = { state: "done", note: "" };
const failed = (note: string): Outcome => ({ state: "failed", note });

/**
 * A line of a list that a member brought along. Lines about one host are one after the other, as the queue keeps what is about one object
 * in order, and few hosts are asked at once. Done again it finds it done.
 */
export const importPeople = (app: FastifyInstance): ActivityHandler => ({
  name: "federation.import-people",
  kind: "outside",
  atOnce: 4,
  async handle({ details }) {
    const [id, position] = [Number(details["import"]) as PeopleImportId, Number(details["position"])];
    const { peopleImports } = app.services;
    const task = await peopleImports.findTask(id, position);
    if (task === null) return;
    const outcome = await doTask(app, task);
    await app.transaction((tx) => peopleImports.settle(tx, id, position, outcome));
  },
});

async function doTask(app: FastifyInstance, task: ImportTask): Promise<Outcome> {
  const own = app.fediverse.actors.ofMember(task.handle);
  const { services, transaction } = app;
  if (task.kind === "domain-blocks") {
    if (app.fediverse.actors.isOurs(`${new URL(own.uri).protocol}//${task.name}/`)) return failed("that is this site");
    await blockDomain(app, own, task.name);
    return done;
  }
  if (task.kind === "follows") return wordsOf(await follow(app, own, `@${task.name}`));
  const found = await findAnybody(app, `@${task.name}`);
  if (found.kind !== "member" && found.kind !== "elsewhere")
    return failed(found.kind === "nobody" ? found.reason : "it is nobody who can be asked");
  const { uri } = found.actor;
  if (uri === own.uri) return failed("that is you");
  if (found.kind === "elsewhere") await app.fediverse.remote.keep(app.runtime.db, found.actor);
  if (task.kind === "blocks") await block(app, own, uri);
  else if (task.kind === "mutes") {
    const mute = { actor: own.uri, muted: uri, until: null, hidesNotifications: task.hidesNotifications };
    await transaction((tx) => services.people.mute(tx, mute));
  } else {
    const lists = await services.people.listLists(task.userId);
    const isIn = await transaction(async (tx) => {
      const list = lists.find(({ name }) => name === task.list)?.id ?? (await services.people.makeList(tx, task.userId, task.list));
      return list !== null && services.people.addToList(tx, task.userId, list, uri);
    });
    if (!isIn) return failed("you don’t follow them: bring whom you follow first");
  }
  return done;
}

const REASONS = {
  suspended: "their server is shut out here",
  oneself: "that is you",
  cut: "nothing passes between you",
};

function wordsOf(following: Following): Outcome {
  if (following.kind === "asked" || following.kind === "followed") return done;
  return failed(following.kind === "refused" ? REASONS[following.reason] : following.reason);
}
