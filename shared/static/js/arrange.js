// A list whose order is kept: a row is dragged by its handle, and the form of the list is sent with the new order.
// The buttons in each row do the same without scripts, and by keyboard.

function arrange(list) {
  const form = document.getElementById(list.dataset.arrange);
  const rows = () => [...list.querySelectorAll(":scope > [data-id]")];
  const before = rows();
  let dragged = null;
  const rowUnder = (y) => rows().find((row) => row !== dragged && y < row.getBoundingClientRect().top + row.offsetHeight / 2);

  for (const handle of list.querySelectorAll("[data-handle]")) {
    handle.hidden = false;
    handle.addEventListener("pointerdown", (event) => {
      dragged = handle.closest("[data-id]");
      dragged.toggleAttribute("data-dragged", true);
      event.preventDefault();
    });
  }
  // of the document: a row that changes its place in it loses the pointer it had captured
  document.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    const next = rowUnder(event.clientY) ?? null;
    if (dragged.nextElementSibling !== next) list.insertBefore(dragged, next);
  });
  document.addEventListener("pointerup", () => dragged && drop(true));
  document.addEventListener("pointercancel", () => dragged && drop(false));
  document.addEventListener("keydown", (event) => event.key === "Escape" && dragged && drop(false));

  function drop(isMeant) {
    dragged.removeAttribute("data-dragged");
    dragged = null;
    if (!isMeant) return list.append(...before);
    if (rows().every((row, index) => row === before[index])) return;
    form.elements.order.value = rows()
      .map((row) => row.dataset.id)
      .join(",");
    form.requestSubmit();
  }
}

for (const list of document.querySelectorAll("[data-arrange]")) arrange(list);
