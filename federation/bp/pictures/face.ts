import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { type NameRequest, nameParams } from "../people/show.ts";
import { PICTURES_PER_MINUTE, sendCopy } from "./send-copy.ts";

/** GET /@ada@theirs.example/picture: how somebody elsewhere shows themselves. Only of whom something is here: nobody is looked for. */
export const showFace: Route<NameRequest> = {
  method: "GET",
  url: "/@:name/picture",
  schema: { params: nameParams },
  config: { requestsPerMinute: PICTURES_PER_MINUTE },
  logLevel: "warn",
  async handler(request, reply) {
    const { people, remotePictures } = request.server.services;
    const [handle = "", host = ""] = request.params.name.split("@", 2);
    const uri = host === "" ? null : await people.findUri(handle, host.toLowerCase());
    return sendCopy(request, reply, uri === null ? null : await remotePictures.findFace(uri));
  },
};
