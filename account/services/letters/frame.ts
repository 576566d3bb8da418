import type { Letter } from "@rose-ash/shared/contracts/letters.ts";
import type { SiteConfig } from "@rose-ash/shared/infrastructure/config.ts";
import type { PublicUrl } from "@rose-ash/shared/infrastructure/service-deps.ts";
import type { Templating } from "@rose-ash/shared/infrastructure/templating.ts";
import type { AccountConfig } from "../../config/schema.ts";
import type { LetterFrame, MailedLetter } from "./letter-mail.ts";
import { makeLetterLinks } from "./links.ts";

interface Around {
  config: AccountConfig;
  site: SiteConfig;
  publicUrl: PublicUrl;
  templating: Templating;
}

/** What all letters of this site have in common. */
export function frameOf({ config, site, publicUrl, templating }: Around): LetterFrame {
  const links = makeLetterLinks(config.DEPLOYMENT_SECRET);
  return { templating, publicUrl, links, siteName: site.name, from: config.MAIL_FROM, bounces: config.LETTERS_BOUNCES };
}

/** What went to a part of a list, or is for a group, stands in no archive. */
export function mailedLetter(letter: Letter): MailedLetter {
  const { newsletter, audience, labelId, groupName } = letter;
  return { ...letter, isArchived: newsletter.isOpen && audience === null && labelId === null && groupName === null };
}
