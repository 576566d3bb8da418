import "./editor.css";
import { trimMenus } from "./cards.ts";
import { guardForm } from "./guard-form.ts";
import { announceItself, findIsland, handBack, type Island, takeOver } from "./island.ts";
import { leaveByTab } from "./leave-by-tab.ts";
import { convert } from "./send.ts";
import { Session } from "./session.ts";
import { giveStylesNonce } from "./styles-with-nonce.ts";

const element = document.querySelector<HTMLElement>("[data-editor]");
if (element) void begin(findIsland(element));

/** Puts Koenig in the place of the form's text area; the form stays the one that is sent. */
async function begin(island: Island): Promise<void> {
  announceItself(island);
  giveStylesNonce(island.nonce);
  trimMenus();
  const { html, document } = island;
  const converted = convert(document.value ? "" : html.value); // of nothing: the renderer will be there for the first save
  try {
    const text = document.value || (await converted);
    takeOver(island);
    guardForm(island);
    leaveByTab(island);
    new Session(island).open(text);
  } catch (error) {
    reportError(error);
    handBack(island);
  }
  await converted.catch(() => {});
}
