/** A choice in a notice. */
export interface Choice {
  readonly label: string;
  readonly choose: () => void;
}

/**
 * Shows one notice above the editor in place of the one before. It is made from the page's own template: [data-title], [data-words]
 * and [data-choices] are filled in. Read out when it comes, gone when a choice was made.
 */
export function showNotice(
  place: HTMLElement,
  template: HTMLTemplateElement,
  notice: { title: string; words: string; choices: readonly Choice[] },
): void {
  const box = template.content.cloneNode(true) as DocumentFragment;
  fill(box, "[data-title]", notice.title);
  fill(box, "[data-words]", notice.words);
  box.querySelector("[data-choices]")?.append(...notice.choices.map((choice) => buttonFor(place, choice)));
  place.replaceChildren(box);
}

function fill(box: DocumentFragment, selector: string, words: string): void {
  const element = box.querySelector(selector);
  if (element) element.textContent = words;
}

function buttonFor(place: HTMLElement, { label, choose }: Choice): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-quiet button-small";
  button.textContent = label;
  button.addEventListener("click", () => {
    place.replaceChildren();
    choose();
  });
  return button;
}
