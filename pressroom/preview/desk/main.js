// The desk: brings the state from the server to the page, and the wishes of the reader to the views.

import { $, button, h, remembered } from "./dom.js"
import { ask, News } from "./api.js"
import { Spreads } from "./pages.js"
import { findingsList, summaryOf } from "./findings.js"
import { contactSheet } from "./photos.js"
import { Framing } from "./framing.js"
import { DEVICES, Reader, THEMES } from "./reader.js"
import { keysDialog, listenForKeys } from "./keys.js"

const MARKS = { trim: "Trim", bleed: "Bleed", grid: "Grid", safe: "Safe zone" }
const NAMES = { ebook: "Ebook", screen: "Screen", print: "Print", cover: "Cover" }
const view = $("view")
const looks = remembered.get("looks", { trim: false, bleed: false, grid: false, safe: false, facing: true, device: "phone", theme: "light", size: 100 })
const chosen = new URLSearchParams(location.hash.slice(1))
let state = null
let shown = chosen.get("view") === "photos" ? "photos" : "pages"
let asked = 0
let start = Number(chosen.get("page") ?? 0) // the page to begin with, from 1

const spreads = new Spreads(view, { onPage: notePage, onClick: tellSource })
const reader = new Reader(view, { onSection: noteSection, onClick: tellEbookSource })
const framing = new Framing($("framing"))
const news = new News(take, () => say("The preview has ended, or is out of reach.", true))

// ---- news

function take({ version, working }) {
  say(working ? [`${working.what}: ${working.done} of ${working.steps}`, working.last].filter(Boolean).join(" · ") : "", Boolean(working))
  if (version > (state?.version ?? -1) && version > asked) { asked = version; renew() }
}

async function renew() {
  const fresh = await ask("state", { edition: chosen.get("edition") ?? "" })
  if (state && fresh.version < state.version && fresh.edition === state.edition) return
  state = fresh
  draw()
}

function say(words, isBusy) {
  $("working").textContent = words || (state?.seconds ? `Set in ${state.seconds} s` : "")
  $("working").className = isBusy ? "busy" : ""
}

// ---- drawing

async function draw() {
  document.title = state.title ? `${state.title} · preview` : "Preview"
  $("title").textContent = state.title || "Preview"
  drawEditions()
  const hasErrors = state.findings.some(finding => finding.severity === "error")
  const hasPages = state.pages.length > 0 || state.ebook
  $("old").hidden = !(hasErrors && hasPages && !state.is_current)
  $("old").textContent = "These are the pages from before: what keeps the new ones from being made is in the list."
  $("summary").textContent = summaryOf(state.findings)
  $("findings").replaceChildren(...findingsList(state.findings, state, goTo))
  await drawView(hasErrors)
  drawContents()
  drawTools()
  say("", false)
}

function drawEditions() {
  const tab = (name, isHere, act, className) => h("li", { className }, button(name, act, { "aria-current": String(isHere) }))
  $("editions").replaceChildren(
    ...state.editions.map(({ name }) => tab(NAMES[name] ?? name, shown === "pages" && name === state.edition, () => choose(name))),
    tab("Photographs", shown === "photos", () => showPhotos(), state.editions.length ? "apart" : ""))
}

async function drawView(hasErrors) {
  if (shown === "photos") {
    const photos = await ask("photos")
    const top = view.querySelector(".card") ? view.scrollTop : 0
    view.replaceChildren(contactSheet(photos, state.version, { onFrame: photo => framing.open(photo, state.version), onPlace: goToPhoto }))
    view.scrollTop = top
    $("place").textContent = `${photos.length} figures`
  } else if (state.ebook) {
    if (start) reader.section = start - 1
    start = 0
    reader.show(state.ebook, looks)
  } else if (state.pages.length) {
    drawMarks()
    const first = start
    spreads.show(state)
    if (first) spreads.goTo(first - 1)
    start = 0
  } else {
    const words = hasErrors ? ["There is nothing to look at yet.", "What keeps pages from being made is in the list. Correct it and save: this page follows."] : ["Setting the first pages …", "What is laid out once is kept: the next time it is here at once."]
    view.replaceChildren(h("div", { className: "empty" }, h("strong", {}, words[0]), h("p", {}, words[1])))
  }
  view.tabIndex = 0
  view.setAttribute("role", "region")
  view.setAttribute("aria-label", shown === "photos" ? "Photographs" : state.ebook ? "Ebook" : "Pages")
}

function drawMarks() {
  for (const name of Object.keys(MARKS)) spreads.root.classList.toggle(name, looks[name])
  spreads.root.classList.toggle("stale", !$("old").hidden)
  spreads.facing = looks.facing && state.form !== "cover"
}

function drawContents() {
  const entries = state.ebook
    ? state.ebook.pages.map(({ title }, n) => ({ title, n, folio: "" }))
    : state.pages.map((page, n) => ({ ...page, n })).filter(({ unit, n }) => unit && unit !== state.pages[n - 1]?.unit)
  $("contents").replaceChildren(...entries.map(({ title, n, folio }) =>
    h("li", {}, button([h("span", {}, title), h("span", {}, folio)], () => goTo(n), { dataset: { n } }))))
  markContents()
}

function markContents() {
  const here = state?.ebook ? reader.section : spreads.current
  const buttons = [...$("contents").querySelectorAll("button")]
  const current = buttons.findLast(each => Number(each.dataset.n) <= here)
  buttons.forEach(each => each === current ? each.setAttribute("aria-current", "true") : each.removeAttribute("aria-current"))
}

function drawTools() {
  const group = (...children) => h("div", { className: "group" }, ...children)
  const toggle = (name, words, key) => button(words, () => switchLook(name), { "aria-pressed": String(looks[name]), "aria-keyshortcuts": key })
  const options = (name, all) => group(...Object.entries(all).map(([value, { name: words }]) =>
    button(words, () => setLook(name, value), { "aria-pressed": String(looks[name] === value) })))
  const tools = shown === "photos" ? [] : state.ebook ? [
    options("device", DEVICES), options("theme", THEMES),
    group(button("A−", () => setSize(-10), { "aria-label": "A−: smaller type" }), h("output", {}, `${looks.size} %`), button("A+", () => setSize(10), { "aria-label": "A+: larger type" })),
  ] : [
    group(...Object.entries(marks()).map(([name, words]) => toggle(name, words, name[0])), state.form !== "cover" && toggle("facing", "Facing pages", "f")),
    h("span", { className: "gap" }),
    group(button("−", () => zoom(1 / 1.25), { "aria-label": "−: smaller" }), h("output", { id: "zoom" }, `${Math.round(spreads.zoom * 100)} %`), button("+", () => zoom(1.25), { "aria-label": "+: larger" }), button("Fit", () => zoom(0))),
  ]
  $("tools").replaceChildren(...tools)
  $("tools").hidden = tools.length === 0
}

// ---- what the reader wishes

function choose(edition) {
  $("source").hidden = true
  shown = "pages"
  chosen.set("edition", edition)
  chosen.delete("view")
  chosen.delete("page")
  history.replaceState(null, "", `#${chosen}`)
  spreads.showHits([])
  asked = 0
  news.listen(edition)
  renew()
}

function showPhotos() {
  $("source").hidden = true
  shown = "photos"
  chosen.set("view", "photos")
  history.replaceState(null, "", `#${chosen}`)
  draw()
}

async function goTo(n, share = 0) {
  if (shown !== "pages") { shown = "pages"; chosen.delete("view"); await draw() }
  if (state.ebook) reader.load(n, share)
  else spreads.goTo(n, { flash: true })
}

async function goToPhoto(photo) {
  const n = state.pages.findIndex(page => page.figures.some(figure => figure.id === photo.id))
  if (n >= 0) await goTo(n)
  else say(`${photo.file} is on no page of this edition.`, false)
}

function switchLook(name) {
  setLook(name, !looks[name])
}

function setLook(name, value) {
  looks[name] = value
  remembered.set("looks", looks)
  if (state.ebook) reader.show(state.ebook, looks)
  else if (name === "facing") spreads.setFacing(value && state.form !== "cover")
  drawMarks()
  drawTools()
}

/** The marks that an edition can have: a cover has no grid, and what has no bleed shows none. */
function marks() {
  const { shape } = state
  const has = { trim: true, bleed: shape?.bleed > 0, grid: Boolean(shape?.grid.unit), safe: true }
  return Object.fromEntries(Object.entries(MARKS).filter(([name]) => has[name]))
}

function setSize(by) {
  setLook("size", Math.min(250, Math.max(60, looks.size + by)))
}

function zoom(factor) {
  spreads.setZoom(factor ? spreads.zoom * factor : 1)
  drawTools()
}

function turn(by) {
  if (shown === "photos") return false
  state.ebook ? reader.turn(by) : spreads.turn(by)
}

// ---- where the reader is, and where that comes from

function notePage(n) {
  const page = state?.pages[n]
  if (!page || shown !== "pages") return
  const parts = [`Page ${n + 1} of ${state.pages.length}`, page.folio && `folio ${page.folio}`, page.title, page.source]
  $("place").textContent = parts.filter(Boolean).join(" · ")
  markContents()
  keep("page", n + 1)
}

/** Keep a wish in the address, so that a page that is loaded again shows the same. */
function keep(name, value) {
  if (chosen.get(name) === String(value)) return
  chosen.set(name, value)
  history.replaceState(null, "", `#${chosen}`)
}

function noteSection(n, page, count) {
  const { title, source } = state.ebook.pages[n]
  keep("page", n + 1)
  const parts = [title, count && `page ${page + 1} of ${count}`, source]
  $("place").textContent = parts.filter(Boolean).join(" · ")
  markContents()
}

async function tellSource(n, { x, y }, event) {
  spreads.setCurrent(n)
  showSource(await ask("place", { page: state.pages[n].key, x, y }).catch(() => null), event, spreads.figureAt(n, { x, y }))
}

async function tellEbookSource(n, letters, event) {
  showSource(await ask("passage", { edition: state.edition, page: n, letters }).catch(() => null), event)
}

function showSource(place, event, figure) {
  const box = $("source")
  if (!place) { box.hidden = true; return }
  const name = place.file + (place.line ? `:${place.line}` : "")
  box.replaceChildren(h("code", {}, name), h("p", {}, place.excerpt), h("div", {},
    button("Copy", () => navigator.clipboard.writeText(name), { title: "Copy file and line" }),
    figure && button("Frame the picture", () => frame(figure.id))))
  box.hidden = false
  box.style.left = `${Math.min(event.clientX + 12, innerWidth - 400)}px`
  box.style.top = `${Math.min(event.clientY + 12, innerHeight - 150)}px`
}

async function frame(id) {
  $("source").hidden = true
  const photo = (await ask("photos")).find(each => each.id === id)
  if (photo?.framing) framing.open(photo, state.version)
}

// ---- search

let found = []
let hit = -1

async function search() {
  const words = $("words").value.trim()
  found = words.length > 1 ? await ask("search", { edition: state.edition, words }) : []
  hit = -1
  spreads.showHits(found)
  $("hits").value = words.length > 1 ? `${found.length} found` : ""
}

async function nextHit() {
  if (!found.length) await search()
  if (!found.length) return
  hit = (hit + 1) % found.length
  await goTo(found[hit].page, found[hit].share)
  $("hits").value = `${hit + 1} of ${found.length}`
}

let typing
$("words").addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(search, 200) })
$("words").addEventListener("blur", () => { if (!$("words").value) search() })
$("search").addEventListener("submit", event => { event.preventDefault(); nextHit() })

// ---- keys, theme, start

const isDark = () => (document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark"

function setTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme
  $("theme").textContent = isDark() ? "Light" : "Dark"
}

function switchTheme() {
  const theme = isDark() ? "light" : "dark"
  remembered.set("theme", theme)
  setTheme(theme)
}

const keys = [
  { names: ["ArrowRight", "PageDown"], what: "next spread, or page of the ebook", act: () => turn(1) },
  { names: ["ArrowLeft", "PageUp"], what: "the one before", act: () => turn(-1) },
  { names: ["Home"], what: "first page", act: () => goTo(0) },
  { names: ["End"], what: "last page", act: () => goTo((state.ebook?.pages ?? state.pages).length - 1) },
  { names: ["+", "="], what: "larger", act: () => state.ebook ? setSize(10) : zoom(1.25) },
  { names: ["-"], what: "smaller", act: () => state.ebook ? setSize(-10) : zoom(1 / 1.25) },
  { names: ["0"], what: "a spread fills the window", act: () => zoom(0) },
  ...Object.entries(MARKS).map(([name, words]) => ({ names: [name[0]], what: `${words.toLowerCase()} on or off`, act: () => switchLook(name) })),
  { names: ["f"], what: "facing pages, or single ones", act: () => switchLook("facing") },
  { names: ["e"], what: "next edition", act: nextEdition },
  { names: ["p"], what: "photographs", act: () => shown === "photos" ? choose(state.edition) : showPhotos() },
  { names: ["/"], what: "search", act: () => $("words").focus() },
  { names: ["d"], what: "light or dark", act: switchTheme },
  { names: ["?"], what: "these keys", act: () => openKeys() },
  { names: ["Escape"], what: "", act: () => { $("source").hidden = true; document.activeElement.blur?.(); return false } },
]
const openKeys = keysDialog($("keys"), keys)

function nextEdition() {
  const names = state.editions.map(({ name }) => name)
  choose(names[(names.indexOf(state.edition) + 1) % names.length])
}

listenForKeys(keys)
$("help").onclick = openKeys
$("theme").onclick = switchTheme
document.addEventListener("click", event => { if (!event.target.closest(".page, .source")) $("source").hidden = true })
setTheme(remembered.get("theme", null))
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTheme(remembered.get("theme", null)))
news.listen(chosen.get("edition") ?? "")
