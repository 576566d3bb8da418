import { Readable } from "node:stream";
import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Json } from "@rose-ash/shared/contracts/fediverse.ts";
import { actorDocumentOf, type LocalActor } from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyInstance } from "fastify";
import { type ArchivedFile, writeTar } from "../../../people/write-tar.ts";
import { memberOf } from "../member.ts";

const LIMIT = { hits: 3, windowSeconds: 3600 };
const OWN_MEDIA = /\/media\/([0-9a-f]{2})\/(\1[0-9a-f]{62}\.[a-z0-9]{2,5})\b/g;

/** GET /settings/data/archive.tar: all that the member said, as ActivityStreams, with the pictures; written while it is sent. */
export const sendArchive: Route = {
  method: "GET",
  url: "/settings/data/archive.tar",
  async handler(request, reply) {
    const { handle, userId } = memberOf(request);
    const { server } = request;
    const { services, runtime, transaction, fediverse } = server;
    const now = runtime.clock.now();
    if (!(await transaction((tx) => services.identity.withinLimit(tx, `archive:${userId}`, LIMIT, now))))
      throw new CodedError("too-many-requests", "An archive was made three times within an hour. Please wait a while.");
    const files = filesOf(server, fediverse.actors.ofMember(handle));
    const headers = { "content-type": "application/x-tar", "content-disposition": `attachment; filename="${handle}.tar"` };
    return reply.headers(headers).send(Readable.from(writeTar(files, now)));
  },
};

async function* filesOf(app: FastifyInstance, own: LocalActor): AsyncGenerator<ArchivedFile> {
  const isKnown = (await app.services.identity.findPublicPerson(own.name)) !== null;
  const pictures = new Set<string>();
  if (isKnown) yield jsonFile("actor.json", await actorDocumentOf(app, own), pictures);
  let after = 0;
  for (let number = 1; ; number += 1) {
    const { items, last } = await app.services.people.listSaid(own.uri, after);
    if (items.length === 0) break;
    const orderedItems = items.map(({ "@context": _, ...item }) => item);
    const page = {
      "@context": "https://www.w3.org/ns/activitystreams",
      type: "OrderedCollectionPage",
      partOf: `${own.uri}/outbox`,
      orderedItems,
    };
    yield jsonFile(`outbox/${String(number).padStart(5, "0")}.json`, page, pictures);
    after = last;
  }
  for (const name of pictures) {
    const opened = await app.runtime.media.open(name);
    if (opened !== null) yield { name: `media/${name}`, byteLength: opened.byteLength, bytes: opened.bytes as AsyncIterable<Buffer> }; // of bytes
  }
}

/** pictures: names of files of ours that stand in it are put there. */
function jsonFile(name: string, document: Json, pictures: Set<string>): ArchivedFile {
  const text = JSON.stringify(document, null, 1);
  for (const [, , file] of text.matchAll(OWN_MEDIA)) if (file !== undefined) pictures.add(file);
  const bytes = Buffer.from(text);
  return { name, byteLength: bytes.length, bytes: [bytes] };
}
