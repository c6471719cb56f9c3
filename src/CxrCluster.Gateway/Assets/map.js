// The map of the embeddings on one canvas: pan, zoom, colours, a card about the image under the pointer or the focus.
// Colours are Okabe and Ito's (eight that colour-blind people tell apart) and cividis; classes and hospitals also differ in shape.
const PALETTE = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#f0e442", "#7f7f7f"];
const SHAPES = ["circle", "square", "triangle", "diamond"];
const CIVIDIS = ["#00224e", "#35456c", "#666970", "#948e77", "#c8b866", "#fee838"];
const CLASSES = [
  { text: "negative", colour: PALETTE[0], shape: "circle" },
  { text: "positive", colour: PALETTE[1], shape: "triangle" },
  { text: "unknown", colour: PALETTE[7], shape: "square" },
];
const MARGIN = 0.06;
const MOST_ZOOM = 60;
const REACH = 14; // pixels around the pointer

function mix(low, high, share) {
  const channel = (colour, i) => parseInt(colour.slice(1 + 2 * i, 3 + 2 * i), 16);
  return `rgb(${[0, 1, 2].map((i) => Math.round(channel(low, i) + (channel(high, i) - channel(low, i)) * share)).join(" ")})`;
}

function cividis(share) {
  const place = Math.min(Math.max(share, 0), 1) * (CIVIDIS.length - 1);
  const i = Math.min(Math.floor(place), CIVIDIS.length - 2);
  return mix(CIVIDIS[i], CIVIDIS[i + 1], place - i);
}

function outline(context, shape, x, y, r) {
  context.beginPath();
  if (shape === "circle") context.arc(x, y, r, 0, 2 * Math.PI);
  else if (shape === "square") context.rect(x - 0.88 * r, y - 0.88 * r, 1.76 * r, 1.76 * r);
  else {
    const corners = shape === "triangle" ? [[0, -1.25], [1.1, 0.75], [-1.1, 0.75]] : [[0, -1.3], [1.1, 0], [0, 1.3], [-1.1, 0]];
    corners.forEach(([dx, dy], i) => (i ? context.lineTo(x + dx * r, y + dy * r) : context.moveTo(x + dx * r, y + dy * r)));
    context.closePath();
  }
}

function swatch(style) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 28;
  canvas.setAttribute("aria-hidden", "true");
  const context = canvas.getContext("2d");
  outline(context, style.shape, 14, 14, 9);
  context.fillStyle = style.colour;
  context.fill();
  return canvas;
}

function ramp() {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: 240, height: 20, className: "ramp" });
  canvas.setAttribute("aria-hidden", "true");
  const context = canvas.getContext("2d");
  for (let x = 0; x < canvas.width; x++) {
    context.fillStyle = cividis(x / (canvas.width - 1));
    context.fillRect(x, 0, 1, canvas.height);
  }
  return canvas;
}

const percent = (share) => `${(100 * share).toFixed(1)} %`;
const day = (time) => new Date(time).toISOString().slice(0, 10);
const minute = (time) => new Date(time).toISOString().slice(0, 16).replace("T", " ");
const classOf = (point) => CLASSES[point.label === 1 ? 1 : point.label === 0 ? 0 : 2];

// What a colouring says of a point, and its legend.
function colourings(points) {
  const hospitals = [...new Set(points.map((p) => p.hospital))].sort();
  const hospitalStyles = new Map(
    hospitals.map((h, i) => [h, { text: h, colour: PALETTE[i % PALETTE.length], shape: SHAPES[i % SHAPES.length] }]),
  );
  const times = points.filter((p) => p.takenAt).map((p) => Date.parse(p.takenAt));
  const first = times.reduce((a, b) => Math.min(a, b), Infinity);
  const last = times.reduce((a, b) => Math.max(a, b), -Infinity);
  const dateless = { text: "no date (other hospitals)", colour: PALETTE[7], shape: "square" };
  return {
    label: { of: classOf, entries: CLASSES.filter((c) => points.some((p) => classOf(p) === c)) },
    hospital: { of: (p) => hospitalStyles.get(p.hospital), entries: [...hospitalStyles.values()] },
    score: { of: (p) => ({ colour: cividis(p.probability), shape: "circle" }), entries: [], range: ["0 %", "100 %"] },
    time: {
      of: (p) =>
        p.takenAt ? { colour: cividis(last > first ? (Date.parse(p.takenAt) - first) / (last - first) : 0.5), shape: "circle" } : dateless,
      entries: points.some((p) => !p.takenAt) ? [dateless] : [],
      range: times.length ? (day(first) === day(last) ? [minute(first), minute(last)] : [day(first), day(last)]) : null,
    },
  };
}

function start(root, points) {
  const canvas = root.querySelector(".map-stage canvas");
  const card = root.querySelector(".map-card");
  const legend = root.querySelector(".map-legend");
  const context = canvas.getContext("2d");
  const by = colourings(points);
  let colouring = by.label;
  let chosen = null;

  const range = (key) => points.reduce(([a, b], p) => [Math.min(a, p[key]), Math.max(b, p[key])], [Infinity, -Infinity]);
  const [[left, right], [low, high]] = [range("x"), range("y")];
  const middle = { x: (left + right) / 2, y: (low + high) / 2 };
  const view = { x: middle.x, y: middle.y, zoom: 1 };

  const size = () => ({ width: canvas.clientWidth, height: canvas.clientHeight });
  const scale = () => {
    const { width, height } = size();
    const fit = Math.min(width / (right - left || 1), height / (high - low || 1)) * (1 - 2 * MARGIN);
    return fit * view.zoom;
  };
  const toScreen = (p) => {
    const { width, height } = size();
    return [width / 2 + (p.x - view.x) * scale(), height / 2 - (p.y - view.y) * scale()];
  };
  const radius = () => Math.min(11, (points.length > 1500 ? 3 : points.length > 300 ? 4 : 5.5) * Math.sqrt(Math.sqrt(view.zoom)));

  let waiting = false;
  function paint() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const { width, height } = size();
      const ratio = devicePixelRatio || 1;
      if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio))
        [canvas.width, canvas.height] = [Math.round(width * ratio), Math.round(height * ratio)];
      const colours = getComputedStyle(root);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, width, height);
      context.lineWidth = 1;
      context.strokeStyle = colours.getPropertyValue("--map-edge");
      const r = radius();
      for (const point of points) {
        const [x, y] = toScreen(point);
        if (x < -r || y < -r || x > width + r || y > height + r) continue;
        const style = colouring.of(point);
        outline(context, style.shape, x, y, r);
        context.globalAlpha = 0.85;
        context.fillStyle = style.colour;
        context.fill();
        context.globalAlpha = 1;
        context.stroke();
      }
      if (chosen) {
        const [x, y] = toScreen(chosen);
        context.strokeStyle = colours.getPropertyValue("--text");
        context.lineWidth = 3;
        outline(context, "circle", x, y, r + 5);
        context.stroke();
      }
    });
  }

  function zoom(factor, x, y) {
    const { width, height } = size();
    const zoomed = Math.min(MOST_ZOOM, Math.max(1, view.zoom * factor));
    const before = scale();
    view.zoom = zoomed;
    const gain = 1 / before - 1 / scale();
    view.x += ((x ?? width / 2) - width / 2) * gain; // what is under the pointer stays there
    view.y -= ((y ?? height / 2) - height / 2) * gain;
    keepInSight();
  }

  function pan(dx, dy) {
    view.x -= dx / scale();
    view.y += dy / scale();
    keepInSight();
  }

  function keepInSight() {
    view.x = Math.min(right, Math.max(left, view.x));
    view.y = Math.min(high, Math.max(low, view.y));
    if (view.zoom === 1) Object.assign(view, middle);
    paint();
  }

  function line(name, value) {
    const [dt, dd] = [document.createElement("dt"), document.createElement("dd")];
    dt.textContent = name;
    dd.textContent = value;
    return [dt, dd];
  }

  function choose(point) {
    if (point === chosen) return;
    chosen = point;
    paint();
    if (!point) return;
    const picture = point.open ? document.createElement("img") : document.createElement("span");
    const at = `${encodeURIComponent(point.hospital)}/${encodeURIComponent(point.uid)}`;
    if (point.open) Object.assign(picture, { src: `/api/v1/images/${at}/preview?side=96`, alt: "", width: 96, height: 96 });
    else picture.className = "no-picture";
    const name = document.createElement(point.open ? "a" : "span");
    name.className = "name";
    name.textContent = point.image;
    if (point.open) name.href = `/images/${at}`;
    const facts = document.createElement("dl");
    facts.append(
      ...line("Hospital", point.hospital),
      ...line("Score", percent(point.probability)),
      ...line("Known class", classOf(point).text),
      ...(point.patientId ? line("Patient", point.patientId) : []),
      ...(point.takenAt ? line("Received", day(point.takenAt)) : []),
    );
    card.replaceChildren(picture, name, facts);
    if (!point.open) {
      const note = document.createElement("p");
      note.className = "soft";
      note.textContent = "Another hospital's patient, under a pseudonym.";
      card.append(note);
    }
  }

  function nearest(x, y) {
    let [best, least] = [null, REACH * REACH];
    for (const point of points) {
      const [px, py] = toScreen(point);
      const distance = (px - x) ** 2 + (py - y) ** 2;
      if (distance <= least) [best, least] = [point, distance];
    }
    return best;
  }

  function step(by) {
    const { width, height } = size();
    const inView = points
      .map((point) => ({ point, at: toScreen(point) }))
      .filter(({ at: [x, y] }) => x >= 0 && y >= 0 && x <= width && y <= height)
      .sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1]);
    if (!inView.length) return;
    const now = inView.findIndex(({ point }) => point === chosen);
    const next = now < 0 ? (by > 0 ? 0 : inView.length - 1) : (now + by + inView.length) % inView.length;
    choose(inView[next].point);
  }

  function open() {
    card.querySelector("a")?.click();
  }

  function colourBy(name) {
    colouring = by[name];
    const items = colouring.entries.map((style) => {
      const item = document.createElement("li");
      item.append(swatch(style), style.text);
      return item;
    });
    if (colouring.range) {
      const item = document.createElement("li");
      item.append(colouring.range[0], ramp(), colouring.range[1]);
      items.unshift(item);
    }
    legend.replaceChildren(...items);
    paint();
  }

  const actions = {
    in: () => zoom(1.5),
    out: () => zoom(1 / 1.5),
    all: () => {
      view.zoom = 1;
      keepInSight();
    },
    next: () => step(1),
    previous: () => step(-1),
  };
  const keys = {
    ArrowLeft: () => pan(60, 0),
    ArrowRight: () => pan(-60, 0),
    ArrowUp: () => pan(0, 60),
    ArrowDown: () => pan(0, -60),
    "+": actions.in,
    "=": actions.in,
    "-": actions.out,
    0: actions.all,
    n: actions.next,
    p: actions.previous,
    Enter: open,
  };

  canvas.addEventListener("keydown", (event) => {
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      zoom(Math.exp(-event.deltaY / 400), event.offsetX, event.offsetY);
    },
    { passive: false },
  );
  let dragged = 0;
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    dragged = 0;
  });
  canvas.addEventListener("pointermove", (event) => {
    if (canvas.hasPointerCapture(event.pointerId)) {
      dragged += Math.abs(event.movementX) + Math.abs(event.movementY);
      pan(event.movementX, event.movementY);
      return;
    }
    const point = nearest(event.offsetX, event.offsetY);
    canvas.classList.toggle("on-point", point !== null);
    if (point) choose(point);
  });
  canvas.addEventListener("click", (event) => {
    const point = nearest(event.offsetX, event.offsetY);
    if (dragged > 4 || !point) return;
    choose(point);
    open();
  });
  for (const button of root.querySelectorAll("[data-do]")) button.addEventListener("click", actions[button.dataset.do]);
  for (const radio of root.querySelectorAll('input[name="colour"]')) {
    radio.addEventListener("change", () => colourBy(radio.value));
    if (radio.checked) colourBy(radio.value); // a browser may keep the choice over a reload
  }
  for (const hidden of root.querySelectorAll("[hidden]")) hidden.hidden = false;
  new ResizeObserver(paint).observe(canvas);
  root.dataset.ready = "yes";
}

const root = document.querySelector("[data-map]");
if (root) {
  try {
    const reply = await fetch(root.dataset.map, { headers: { accept: "application/json" } });
    const answer = await reply.json();
    if (!reply.ok) throw new Error(answer.detail);
    start(root, answer.points);
  } catch (error) {
    root.querySelector(".map-card").textContent = `The map cannot be shown: ${error.message}. Load the page again.`;
  }
}
