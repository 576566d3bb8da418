import type { PersonView } from "@rose-ash/shared/contracts/people.ts";
import { writeTable } from "@rose-ash/shared/infrastructure/csv/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { IMPORT_KINDS, type ImportKind } from "@rose-ash/shared/models/people.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { memberOf } from "../member.ts";

const params = z.object({ file: z.enum(IMPORT_KINDS.map((kind) => `${kind}.csv` as const)) });
const ON_PAGE = 100;

interface Own {
  readonly uri: string;
  readonly userId: ReturnType<typeof memberOf>["userId"];
}
type Rows = readonly (readonly string[])[];

/** GET /settings/data/follows.csv and the like: as Mastodon writes them, so that other servers can read them. */
export const exportList: Route<{ Params: z.output<typeof params> }> = {
  method: "GET",
  url: "/settings/data/:file",
  schema: { params },
  async handler(request, reply) {
    const { handle, userId } = memberOf(request);
    const { server } = request;
    const kind = request.params.file.replace(/\.csv$/, "") as ImportKind; // as the schema has it
    const [header, ...rows] = await WRITERS[kind](server, { uri: server.fediverse.actors.ofMember(handle).uri, userId });
    const headers = { "content-type": "text/csv; charset=utf-8", "content-disposition": `attachment; filename="${request.params.file}"` };
    return reply.headers(headers).send(header === undefined ? "" : writeTable(header, rows));
  },
};

const WRITERS: Readonly<Record<ImportKind, (app: FastifyInstance, own: Own) => Promise<Rows>>> = {
  async follows(app, { uri }) {
    const people = await allOf((page) => app.services.people.listFollowing(uri, page));
    const followed = people.filter(({ state }) => state !== "refused");
    return [
      ["Account address", "Show boosts", "Notify on new posts", "Languages"],
      ...followed.map((one) => [addressOf(one), "true", "false", ""]),
    ];
  },
  async blocks({ services }, { uri }) {
    return (await services.people.listBlocked(uri)).map((one) => [addressOf(one)]);
  },
  async mutes({ services }, { uri }) {
    const muted = await services.people.listMuted(uri);
    return [["Account address", "Hide notifications"], ...muted.map((one) => [addressOf(one), String(one.hidesNotifications)])];
  },
  async lists({ services }, { userId }) {
    const lists = await Promise.all((await services.people.listLists(userId)).map(({ id }) => services.people.getList(userId, id)));
    return lists.flatMap(({ name, people }) => people.map((one) => [name, addressOf(one)]));
  },
  async "domain-blocks"({ services }, { uri }) {
    return (await services.people.listBlockedDomains(uri)).map((domain) => [domain]);
  },
};

const addressOf = ({ handle }: PersonView): string => handle.replace(/^@/, "");

async function allOf<Item>(read: (page: number) => Promise<readonly Item[]>): Promise<Item[]> {
  const all: Item[] = [];
  for (let page = 1; ; page += 1) {
    const some = await read(page);
    all.push(...some);
    if (some.length < ON_PAGE) return all;
  }
}
