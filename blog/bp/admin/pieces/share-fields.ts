import type { PieceForEditing, PostSettings } from "@rose-ash/shared/contracts/writing.ts";
import type { MediaId } from "@rose-ash/shared/models/ids.ts";
import type { Values } from "./desk.ts";

const WORDS = ["metaTitle", "metaDescription", "ogTitle", "ogDescription", "twitterTitle", "twitterDescription"] as const;
const PICTURES = ["ogPictureId", "twitterPictureId"] as const;

/** What search engines and links elsewhere are told, as a form has it. */
export function shareValues({ settings }: PieceForEditing): Values {
  return Object.fromEntries([
    ...WORDS.map((name) => [name, settings[name]]),
    ...PICTURES.map((name) => [name, settings[name] === null ? "" : String(settings[name])]),
  ]);
}

/** The other way. A number that is none is no picture: the form only hands on what it was given. */
export function readShare(typed: Values): Pick<PostSettings, (typeof WORDS)[number] | (typeof PICTURES)[number]> {
  const words = (name: (typeof WORDS)[number]) => (typed[name] ?? "").trim();
  const picture = (name: (typeof PICTURES)[number]) =>
    /^[1-9]\d{0,14}$/.test(typed[name] ?? "") ? (Number(typed[name]) as MediaId) : null;
  return {
    ...{ metaTitle: words("metaTitle"), metaDescription: words("metaDescription") },
    ...{ ogTitle: words("ogTitle"), ogDescription: words("ogDescription"), ogPictureId: picture("ogPictureId") },
    ...{
      twitterTitle: words("twitterTitle"),
      twitterDescription: words("twitterDescription"),
      twitterPictureId: picture("twitterPictureId"),
    },
  };
}
