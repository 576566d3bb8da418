import type { SiteLook } from "@rose-ash/shared/contracts/site.ts";
import { VISIBLE_TEXT } from "@rose-ash/shared/infrastructure/visible-text.ts";
import type { MediaId } from "@rose-ash/shared/models/ids.ts";
import { type ColourFault, faultsOfColours, nearestReadable, type SiteColours } from "@rose-ash/shared/models/site-colours.ts";
import { type AnyForm, type FormError, lineOf } from "../form.ts";

const COLOUR = /^#[0-9a-f]{6}$/;
const NAMES: Readonly<Record<keyof SiteColours, string>> = {
  accentLight: "The colour that acts, by light",
  accentDark: "The colour that acts, in the dark",
  paperLight: "The paper, by light",
  paperDark: "The paper, in the dark",
};
export const COLOUR_FIELDS = Object.keys(NAMES) as readonly (keyof SiteColours)[];
export const colourName = (field: keyof SiteColours) => NAMES[field];

/** own: what the configuration says, which nobody has to type anew. Colours that can't be read are told with the nearest that can. */
export function readLook(
  form: AnyForm,
  own: { readonly name: string; readonly tagline: string },
): { readonly look: SiteLook; readonly errors: readonly FormError[] } {
  const errors: FormError[] = [];
  const [name, tagline] = [lineOf(form, "name"), lineOf(form, "tagline")];
  if (name === "" || name.length > 60) errors.push({ field: "name", message: "The site has a name of 1 to 60 characters." });
  else if (!VISIBLE_TEXT.test(name)) errors.push({ field: "name", message: UNSEEN });
  if (tagline.length > 140) errors.push({ field: "tagline", message: "That is more than a line: at most 140 characters." });
  else if (!VISIBLE_TEXT.test(tagline)) errors.push({ field: "tagline", message: UNSEEN });
  const colours = form["hasColours"] === "yes" ? readColours(form, errors) : null;
  const picture = lineOf(form, "logoId");
  if (picture !== "" && !/^[1-9]\d{0,14}$/.test(picture)) errors.push({ field: "logoId", message: NO_PICTURE });
  return {
    look: {
      name: name === own.name ? null : name,
      tagline: tagline === own.tagline ? null : tagline,
      logoId: picture === "" ? null : (Number(picture) as MediaId),
      colours,
    },
    errors,
  };
}

export const NO_PICTURE = "Choose a picture of the library, as the list has them.";
const UNSEEN = "There is something in it that nobody can see, such as a line break. Please type it anew.";

function readColours(form: AnyForm, errors: FormError[]): SiteColours {
  const typed = (field: keyof SiteColours) => lineOf(form, field).toLowerCase();
  const colours: SiteColours = {
    ...{ accentLight: typed("accentLight"), accentDark: typed("accentDark") },
    ...{ paperLight: typed("paperLight"), paperDark: typed("paperDark") },
  };
  const odd = COLOUR_FIELDS.filter((field) => !COLOUR.test(colours[field]));
  for (const field of odd) errors.push({ field, message: "That is no colour: # and six digits of 0 to f, as #a62b50." });
  if (odd.length > 0) return colours;
  for (const [field, faults] of Map.groupBy(faultsOfColours(colours), (fault) => fault.field)) {
    const nearest = nearestReadable(colours, field);
    errors.push({ field, message: `${faults.map(faultWords).join(" ")}${nearest === null ? "" : ` ${nearest} would do.`}` });
  }
  return colours;
}

function faultWords({ words, ratio, least }: ColourFault): string {
  return `${words} would have a contrast of ${Math.floor(ratio * 10) / 10} to 1: ${least} is the least that can be read.`;
}
