import type { PageForEditing, PieceForEditing } from "@rose-ash/shared/contracts/writing.ts";
import { adminOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { MediaId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyRequest } from "fastify";
import { audienceOptions, audienceValue, readAudience } from "../pieces/audience.ts";
import { type Desk, type ReadForm, saveOf, type Values } from "../pieces/desk.ts";
import { readText } from "../pieces/read-text.ts";
import { readShare, shareValues } from "../pieces/share-fields.ts";
import { parentOptions, TOP } from "./parent-options.ts";

/** How pages are written. */
export const pageDesk: Desk = { kind: "page", template: "admin/pages/show.html", valuesOf, readForm, optionsFor };

function valuesOf(piece: PieceForEditing): Values {
  const { settings, text, place } = pageOf(piece);
  return {
    ...{ title: settings.title, summary: settings.summary, audience: audienceValue(settings.audience), html: text.html },
    ...{ pictureId: settings.pictureId === null ? "" : String(settings.pictureId) },
    ...{ pictureAlt: settings.pictureAlt, pictureCaption: settings.pictureCaption },
    ...shareValues(piece),
    ...{ parentId: place.parentId === null ? TOP : String(place.parentId), slug: place.slug },
  };
}

async function readForm(request: FastifyRequest, piece: PieceForEditing, values: Values): Promise<ReadForm> {
  const { writing } = request.server.services;
  const { userId: by } = adminOf(request);
  const page = pageOf(piece);
  const { html: _html, parentId: _parent, slug: _slug, ...before } = valuesOf(page);
  const typed: Values = { ...before, ...values };
  const { text, errors } = await readText(request.server, page, values);
  const of = (name: string) => (typed[name] ?? "").trim();
  const isNumber = /^\d{0,15}$/.test(of("pictureId"));
  const settings = {
    ...{ title: of("title"), summary: of("summary"), audience: readAudience(of("audience")) },
    ...{ pictureId: of("pictureId") === "" ? null : (Number(of("pictureId")) as MediaId) },
    ...{ pictureAlt: of("pictureAlt"), pictureCaption: of("pictureCaption") },
    ...readShare(typed),
  };
  const mistakes = [...writing.findMistakes(settings), ...errors];
  return {
    errors: isNumber ? mistakes : [...mistakes, { field: "pictureId", message: "A picture has a number in the library." }],
    isChanged: text !== null || Object.entries(before).some(([name, value]) => typed[name] !== value),
    save: (tx, expected) => writing.savePage(tx, { id: page.id, ...saveOf(expected), by, settings, ...(text && { text }) }),
  };
}

async function optionsFor(request: FastifyRequest, piece: PieceForEditing): Promise<object> {
  const page = pageOf(piece);
  const [audiences, parents] = await Promise.all([
    audienceOptions(request.server.services.writing, page.settings.audience),
    parentOptions(request, page),
  ]);
  return { audiences, parents };
}

function pageOf(piece: PieceForEditing): PageForEditing {
  if (piece.kind !== "page") throw new TypeError("a desk for pages was given a post");
  return piece;
}
