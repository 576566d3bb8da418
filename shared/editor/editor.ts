import "./editor.css";
import { trimMenus } from "./cards.ts";
import { findIsland, handBack, type Island, takeOver } from "./island.ts";
import { Session } from "./session.ts";
import { giveStylesNonce } from "./styles-with-nonce.ts";

const element = document.querySelector<HTMLElement>("[data-editor]");
if (element) begin(findIsland(element));

/** Puts Koenig in the place of the form's text area; the form stays the one that is sent. */
function begin(island: Island): void {
  giveStylesNonce(island.nonce);
  trimMenus();
  takeOver(island);
  try {
    new Session(island).open(island.document.value);
  } catch (error) {
    reportError(error);
    handBack(island);
  }
}
