// The media library with scripts: files are dropped or pasted, and the point that stays visible is pressed on the picture.

/** Puts files into the form's own field and sends it as its button would. */
function send(form, files) {
  const input = form.querySelector("input[type=file]");
  if (!input || files.length === 0) return;
  input.files = files;
  form.requestSubmit();
}

for (const form of document.querySelectorAll("form[data-drop]")) {
  let depth = 0; // moving over a child leaves the parent
  const mark = (change) => {
    depth = Math.max(0, depth + change);
    form.toggleAttribute("data-over", depth > 0);
  };
  document.addEventListener("dragenter", (event) => event.dataTransfer?.types.includes("Files") && mark(1));
  document.addEventListener("dragleave", (event) => event.dataTransfer?.types.includes("Files") && mark(-1));
  document.addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    mark(-depth);
    send(form, event.dataTransfer.files);
  });
  document.addEventListener("paste", (event) => {
    if (event.clipboardData?.files.length) send(form, event.clipboardData.files);
  });
}

/** A picture, its two numbers and a ring at the point that they say. */
function focal(frame) {
  const [x, y] = frame.dataset.focal.split(" ").map((id) => document.getElementById(id));
  const image = frame.querySelector("img");
  if (!x || !y || !image) return;
  const ring = document.createElement("span");
  ring.className = "focal-ring";
  frame.append(ring);
  const show = () => {
    ring.style.insetInlineStart = `${x.value}%`;
    ring.style.insetBlockStart = `${y.value}%`;
    for (const cut of document.querySelectorAll(".focal-frames img")) cut.style.objectPosition = `${x.value}% ${y.value}%`;
  };
  image.addEventListener("click", (event) => {
    const box = image.getBoundingClientRect();
    x.value = Math.round(((event.clientX - box.left) / box.width) * 100);
    y.value = Math.round(((event.clientY - box.top) / box.height) * 100);
    show();
  });
  for (const input of [x, y]) input.addEventListener("input", show);
  show();
}

for (const frame of document.querySelectorAll("[data-focal]")) focal(frame);
