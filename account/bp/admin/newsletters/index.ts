import type { FastifyPluginAsync } from "fastify";
import { chooseText, createLetter } from "./create-letter.ts";
import { LETTER_STEPS, saveLetter, showLetter } from "./letter.ts";
import { createList, editList, newList, saveList } from "./lists.ts";
import { previewLetter } from "./preview.ts";
import { liftSuppression, showReturns } from "./returns.ts";
import { sendLetter } from "./send-letter.ts";
import { showNewslettersDesk } from "./show.ts";
import { testLetter } from "./test-letter.ts";

/** Lists, their readers, and letters. */
export const newslettersAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/newsletters",
    name: "Newsletters",
    detail: "Lists and how many get them, letters from texts of the blog, and what came back.",
    action: "edit",
  });
  app.route(showNewslettersDesk);
  app.route(newList);
  app.route(createList);
  app.route(editList);
  app.route(saveList);
  app.route(chooseText);
  app.route(createLetter);
  app.route(showLetter);
  app.route(saveLetter);
  app.route(previewLetter);
  app.route(testLetter);
  app.route(sendLetter);
  for (const step of LETTER_STEPS) app.route(step);
  app.route(showReturns);
  app.route(liftSuppression);
};
