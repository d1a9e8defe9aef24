// What a browser makes of an ebook's pages: run inside screens.html, beside the unpacked book. `job` is what to do.
"use strict";

const frame = document.createElement("iframe");
frame.style.border = "none";
document.body.append(frame);

const load = (page) => new Promise((done) => { frame.onload = done; frame.src = page; });
const settled = () => new Promise((done) => frame.contentWindow.requestAnimationFrame(() => setTimeout(done, 0)));
const name = (e) => e.localName + [...e.classList].map((c) => "." + c).join("") + (e.id ? "#" + e.id : "");
const isShown = (e) => e.checkVisibility() && !e.closest("[hidden], .dedication header, summary ~ *");

function style(css, isFirst) {
  const document = frame.contentDocument;
  document.getElementById("of-the-reader")?.remove();
  const made = document.createElementNS("http://www.w3.org/1999/xhtml", "style");
  made.id = "of-the-reader";
  made.textContent = css;
  isFirst ? document.head.prepend(made) : document.head.append(made);
}

function* texts(root) {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.data.trim() && isShown(node.parentElement)) yield node;
  }
}

// ---- room

function block(node) {
  let e = node.parentElement;
  while (getComputedStyle(e).display.startsWith("inline")) e = e.parentElement;
  return e;
}

function lines(root) {
  const found = [];
  for (const node of texts(root)) {
    const range = root.ownerDocument.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      const cut = box.height * 0.28; // letters do not fill their line
      const what = node.data.trim().slice(0, 24);
      if (box.width > 1) found.push({ of: block(node), what, left: box.left + 1, right: box.right - 1, top: box.top + cut, bottom: box.bottom - cut });
    }
  }
  return found;
}

function overlaps(root) {
  const boxes = lines(root);
  for (const img of root.querySelectorAll("img")) {
    const { left, right, top, bottom } = img.getBoundingClientRect();
    boxes.push({ of: img, what: name(img), left: left + 1, right: right - 1, top: top + 1, bottom: bottom - 1 });
  }
  boxes.sort((a, b) => a.top - b.top);
  const faults = [];
  boxes.forEach((a, n) => {
    for (let m = n + 1; m < boxes.length && boxes[m].top < a.bottom; m++) {
      const b = boxes[m];
      if (a.of !== b.of && !a.of.contains(b.of) && !b.of.contains(a.of) && a.left < b.right && b.left < a.right) faults.push(`“${a.what}” over “${b.what}”`);
    }
  });
  return faults;
}

function room(root, size) {
  const faults = [], width = frame.clientWidth, em = parseFloat(getComputedStyle(root).fontSize);
  if (root.scrollWidth > width) faults.push(`the page is ${root.scrollWidth} wide`);
  for (const e of root.querySelectorAll("body *")) {
    if (!isShown(e)) continue;
    const box = e.getBoundingClientRect(), set = getComputedStyle(e);
    if (box.width && !e.closest("pre *") && (box.left < -1 || box.right > width + 1)) faults.push(`${name(e)} from ${Math.round(box.left)} to ${Math.round(box.right)}`);
    if (set.overflow !== "visible" && (e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1)) faults.push(`${name(e)} is clipped`);
  }
  for (const img of root.querySelectorAll("img")) {
    const box = img.getBoundingClientRect(), drawn = box.width / box.height / (img.getAttribute("width") / img.getAttribute("height"));
    if (Math.abs(drawn - 1) > 0.02) faults.push(`${img.src} has another ratio`);
    if (box.height > frame.clientHeight && box.width > 8 * em) faults.push(`${img.src} is higher than a page`);
  }
  for (const figure of root.querySelectorAll("figure")) {
    const shown = figure.querySelector(":scope > .picture > *"), caption = figure.querySelector(":scope > figcaption");
    if (!shown || !caption) continue;
    const above = shown.getBoundingClientRect(), below = caption.getBoundingClientRect();
    if (below.top < above.bottom - 1 || below.top > above.bottom + 1.5 * em) faults.push(`the caption of ${name(figure)} is not under it`);
    if (getComputedStyle(figure).breakInside !== "avoid") faults.push(`${name(figure)} may be torn`);
  }
  return [...faults, ...overlaps(root)];
}

// ---- colours

const canvas = document.createElement("canvas");
canvas.width = canvas.height = 1;
const ink = canvas.getContext("2d", { willReadFrequently: true });

function over(ground, colour) {
  ink.fillStyle = `rgb(${ground})`;
  ink.fillRect(0, 0, 1, 1);
  ink.fillStyle = colour;
  ink.fillRect(0, 0, 1, 1);
  return [...ink.getImageData(0, 0, 1, 1).data].slice(0, 3);
}

function ground(e) {
  const chain = [];
  for (let each = e; each; each = each.parentElement) chain.unshift(getComputedStyle(each).backgroundColor);
  return chain.reduce(over, [255, 255, 255]);
}

function luminance(rgb) {
  const [r, g, b] = rgb.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function colours(root) {
  const seen = new Map();
  const note = (what, least, colour, e) => {
    const under = ground(e), found = contrast(over(under, colour), under);
    if (!seen.has(what) || seen.get(what).found > found) seen.set(what, { what, found, least, colour: over(under, colour), under });
  };
  for (const node of texts(root)) {
    const e = node.parentElement, set = getComputedStyle(e), size = parseFloat(set.fontSize);
    note(name(e).replace(/#.*/, ""), size >= 24 || (size >= 18.66 && set.fontWeight >= 700) ? 3 : 4.5, set.color, e);
  }
  for (const e of root.querySelectorAll("body *")) {
    const set = getComputedStyle(e);
    for (const side of isShown(e) ? ["Top", "Right", "Bottom", "Left"] : []) {
      if (parseFloat(set[`border${side}Width`])) note(`rule of ${name(e).replace(/#.*/, "")}`, 3, set[`border${side}Color`], e.parentElement);
    }
  }
  for (const img of root.querySelectorAll("img")) {
    for (let e = img; e; e = e.parentElement) {
      const set = getComputedStyle(e);
      if (set.filter !== "none" || set.opacity !== "1" || set.mixBlendMode !== "normal") seen.set(name(e), { what: `${name(e)} changes a picture`, found: 0, least: 1 });
    }
  }
  return [...seen.values()];
}

// ---- what else is asked

function set(root, ask) {
  return ask.map(([selector, property]) => [...root.querySelectorAll(selector)].map((e) => getComputedStyle(e)[property]));
}

async function work(job) {
  const told = [];
  for (const page of job.pages) {
    await load(page);
    const { contentDocument: document } = frame;
    await document.fonts.ready;
    await Promise.all([...document.images].map((img) => img.decode().catch(() => 0)));
    for (const view of job.views) {
      frame.style.width = `${view.width}px`;
      frame.style.height = `${view.height}px`;
      style(view.css, view.first);
      await settled();
      const root = document.documentElement;
      told.push({ page, view: view.name, told: job.what === "room" ? room(root) : job.what === "colours" ? colours(root) : set(root, job.ask) });
    }
  }
  return told;
}

work(job).catch((fault) => String(fault.stack)).then((told) => fetch("/told", { method: "POST", body: JSON.stringify(told) }));
