import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyPluginAsync } from "fastify";
import type { AccountConfig } from "../../config/schema.ts";
import { makeLetterLinks } from "../../services/letters/links.ts";
import { readReport } from "../../services/letters/read-report.ts";
import { isSignedReport } from "../../services/letters/report-signature.ts";

const MAX_BYTES = 512 * 1024;

/**
 * POST /letters/reports: a mail that came back, as the mail server got it (message/rfc822), signed as docs/newsletters.md says. Whom it is
 * about is told by the number that we signed and that came back with it; the rest of it anybody can write.
 */
const takeReport: Route<{ Body: Buffer }> = {
  method: "POST",
  url: "/letters/reports",
  bodyLimit: MAX_BYTES,
  config: { origin: "exempt", requestsPerMinute: 1200, rateLimit: { groupId: "mail-reports" } },
  async handler(request, reply) {
    const { services, transaction, runtime } = request.server;
    const { LETTERS_REPORT_SECRET: secret } = runtime.config as AccountConfig; // this app's own
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const signature = request.headers["x-letters-signature"];
    if (secret === undefined || !isSignedReport(secret, signature, body, runtime.clock.now()))
      throw new CodedError("webhook-refused", "The signature is missing, wrong or old.");
    const found = readReport(body.toString("latin1"), makeLetterLinks(runtime.config.DEPLOYMENT_SECRET));
    if (found.kind === "report") await transaction((tx) => services.letters.report(tx, found.report));
    return reply.code(found.kind === "unknown" ? 202 : 200).send({ taken: found.kind });
  },
};

/** The bytes as they came: the signature is over them. */
export const takeReports: FastifyPluginAsync = async (app) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  app.route(takeReport);
};
