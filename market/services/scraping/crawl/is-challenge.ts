import type { Page } from "../page/parse-page.ts";
import { textOf } from "../page/text.ts";

const LOOKED_THROUGH = 200_000;
const LONGEST_HEADING = 300;
/** Who only asks leads to few places: help, terms, its maker. */
const FEW_LINKS = 5;
const ASKS =
  /are you (?:a )?(?:human|robot)|(?:verify|confirm|prove)(?:ing)? (?:that )?you(?:'|’| a)re (?:not a robot|(?:a )?human)|unusual traffic/i;
const NAMES =
  /captcha|just a moment|attention required|robot check|security check|access denied|access to this page has been denied|checking your browser/i;
/** Shops have these on their pages, too, for their forms and against robots. */
const MACHINES = /captcha|cf[-_]chl|challenge-platform|cf-turnstile|datadome|_incapsula_|px-block/i;

/**
 * Whether a page asks who we are instead of showing what was asked for, whatever its status. isUseful: something was found on it all
 * the same. The addresses of scripts and what stands in a footer say so only where there is nothing else.
 */
export function isChallenge(page: Page, html: string, isUseful: boolean): boolean {
  if (isUseful) return false;
  const heading = page.elements.find(({ name }) => name === "h1");
  const said = `${page.title}\n${heading ? textOf(heading, LONGEST_HEADING) : ""}`;
  if (NAMES.test(said) || ASKS.test(said)) return true;
  if (heading || page.elements.filter(({ name, attribs }) => name === "a" && attribs["href"]).length > FEW_LINKS) return false;
  const beginning = html.slice(0, LOOKED_THROUGH);
  return MACHINES.test(beginning) || ASKS.test(beginning);
}
