// Window and level on a canvas, opacity of the lungs. Without this script the page shows the plain picture.
const KEY_STEP = 4;

function slider(text, min, max, value, onInput) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  label.textContent = text;
  Object.assign(input, { type: "range", min, max, value });
  input.addEventListener("input", onInput);
  label.append(input);
  return { label, input };
}

function lookup(width, level) {
  const table = new Uint8ClampedArray(256);
  for (let value = 0; value < 256; value++) table[value] = ((value - level + width / 2) / width) * 255;
  return table;
}

function start(viewer) {
  const stage = viewer.querySelector(".stage");
  const base = viewer.querySelector(".base");
  const layer = viewer.querySelector(".layer");
  const canvas = document.createElement("canvas");
  canvas.width = base.naturalWidth;
  canvas.height = base.naturalHeight;
  canvas.className = "base";
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", `${base.alt}. Drag, or use the arrow keys, to change window and level.`);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(base, 0, 0);
  const source = context.getImageData(0, 0, canvas.width, canvas.height).data;
  const shown = context.createImageData(canvas.width, canvas.height);
  shown.data.fill(255);

  let waiting = false;
  function paint() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const table = lookup(Number(width.input.value), Number(level.input.value));
      const target = shown.data;
      for (let i = 0; i < source.length; i += 4) target[i] = target[i + 1] = target[i + 2] = table[source[i]];
      context.putImageData(shown, 0, 0);
    });
  }

  const width = slider("Window", 1, 255, 255, paint);
  const level = slider("Level", 0, 255, 128, paint);
  const reset = document.createElement("button");
  reset.type = "button";
  reset.textContent = "Reset";
  const controls = document.createElement("div");
  controls.className = "controls";
  controls.append(width.label, level.label);
  if (layer) {
    const opacity = slider("Opacity of the lungs", 0, 100, 60, () => (layer.style.opacity = opacity.input.value / 100));
    layer.style.opacity = 0.6;
    controls.append(opacity.label);
  }
  controls.append(reset);

  function move(input, by) {
    input.value = Number(input.value) + by;
    paint();
  }
  reset.addEventListener("click", () => {
    width.input.value = 255;
    level.input.value = 128;
    paint();
  });
  canvas.addEventListener("pointerdown", (event) => canvas.setPointerCapture(event.pointerId));
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    move(width.input, event.movementX);
    move(level.input, event.movementY);
  });
  canvas.addEventListener("keydown", (event) => {
    const steps = { ArrowRight: [width, KEY_STEP], ArrowLeft: [width, -KEY_STEP], ArrowDown: [level, KEY_STEP], ArrowUp: [level, -KEY_STEP] };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    move(step[0].input, step[1]);
  });

  base.replaceWith(canvas);
  stage.after(controls);
  viewer.dataset.ready = "yes";
}

for (const viewer of document.querySelectorAll("[data-viewer]")) {
  const base = viewer.querySelector(".base");
  if (base.complete && base.naturalWidth > 0) start(viewer);
  else base.addEventListener("load", () => start(viewer), { once: true });
}
