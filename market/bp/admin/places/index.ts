import type { FastifyPluginAsync } from "fastify";
import { createPlace } from "./create.ts";
import { saveHours, showHours } from "./hours.ts";
import { listPlaces } from "./list.ts";
import { movePlace } from "./move.ts";
import { addOtherHours, removeOtherHours } from "./other-hours.ts";
import { addPick, movePick, removePick } from "./picks.ts";
import { removePlace } from "./remove.ts";
import { addRule, removeRule } from "./rules.ts";
import { showSelection } from "./selection.ts";
import { savePlace, showPlace } from "./show.ts";

/** Market places behind the counter: what is written about them, when they are open, what they sell. */
export const placesAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/places",
    name: "Places",
    detail: "Market places: their text, opening times with exceptions, and what each of them sells.",
    action: "edit",
  });
  app.route(listPlaces);
  app.route(createPlace);
  app.route(movePlace);
  app.route(removePlace);
  app.route(showPlace);
  app.route(savePlace);
  app.route(showHours);
  app.route(saveHours);
  app.route(addOtherHours);
  app.route(removeOtherHours);
  app.route(showSelection);
  app.route(addRule);
  app.route(removeRule);
  app.route(addPick);
  app.route(movePick);
  app.route(removePick);
};
