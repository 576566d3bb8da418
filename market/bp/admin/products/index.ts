import type { FastifyPluginAsync } from "fastify";
import { addPicture, movePicture, removePicture } from "./change-pictures.ts";
import { createProduct } from "./create.ts";
import { listProducts } from "./list.ts";
import { newProduct } from "./new.ts";
import { listPictures } from "./pictures.ts";
import { saveProduct } from "./save.ts";
import { showProduct } from "./show.ts";

/** Products behind the counter: who says what of them, and their history. */
export const productsAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/products",
    name: "Products",
    detail: "What suppliers say and what we say instead, field by field; new ones; one change for many.",
    action: "edit",
  });
  app.route(listProducts);
  app.route(listPictures);
  app.route(newProduct);
  app.route(createProduct);
  app.route(showProduct);
  app.route(saveProduct);
  app.route(addPicture);
  app.route(movePicture);
  app.route(removePicture);
};
