import type { Island } from "./island.ts";

/**
 * Koenig takes every Tab for itself, so that nobody would leave the text by the keyboard (WCAG 2.1.2). Here Tab leads on as everywhere,
 * but where it has a meaning: in a list, in a card that is being edited and in an open menu. There Escape comes first.
 */
export function leaveByTab({ stage }: Pick<Island, "stage">): void {
  let isEscaped = false;
  stage.addEventListener(
    "keydown",
    (event) => {
      if (isTab(event) && (isEscaped || !hasMeaning(stage, event.target))) event.stopImmediatePropagation(); // and the browser does what it does
      if (!isModifier(event)) isEscaped = event.key === "Escape";
    },
    { capture: true },
  );
}

function isTab({ key, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  return key === "Tab" && !ctrlKey && !altKey && !metaKey;
}

/** Shift comes before Shift and Tab. */
function isModifier({ key }: KeyboardEvent): boolean {
  return ["Shift", "Control", "Alt", "Meta"].includes(key);
}

function hasMeaning(stage: HTMLElement, target: EventTarget | null): boolean {
  const isInCard = target instanceof Element && target.closest("[data-kg-card]") !== null;
  const anchor = getSelection()?.anchorNode;
  const element = anchor instanceof Element ? anchor : anchor?.parentElement;
  return isInCard || stage.querySelector("[data-kg-slash-menu]") !== null || (element?.closest("li") ?? null) !== null;
}
