// Spreads: pages beside each other, as they will be printed. Each is painted when it comes into view, and a page that changes
// keeps its old picture until the new one is there.

import { h } from "./dom.js"
import { pageAddress } from "./api.js"

const STEPS = [48, 72, 110, 150, 200, 280, 400] // pixels per inch: few, so that pictures can be used again
const PX_PER_INCH = 96
const MM_PER_INCH = 25.4
const ROOM = 96 // pixels around a spread that fills the view

export class Spreads {
  constructor(view, { onPage, onClick }) {
    this.view = view
    this.onPage = onPage
    this.onClick = onClick
    this.zoom = 1
    this.facing = true
    this.pages = []
    this.elements = []
    this.hits = []
    this.current = 0
    this.root = h("div", { className: "spreads" })
    this.painter = new IntersectionObserver(seen => this.paint(seen), { root: view, rootMargin: "80% 40%" })
    this.scrolled = () => this.root.isConnected && this.notePlace()
    view.addEventListener("scroll", this.scrolled, { passive: true })
    new ResizeObserver(() => this.root.isConnected && this.resize()).observe(view)
  }

  /** Show the pages of a state, at the place where the reader was. */
  show(state) {
    const same = this.root.isConnected && this.edition === state.edition && state.pages.length === this.pages.length
    const place = this.edition === state.edition ? this.placeNow() : null
    this.edition = state.edition
    this.shape = state.shape
    this.fromRight = state.from_right
    this.pages = state.pages
    if (same) this.elements.forEach((element, n) => this.renew(element, n))
    else this.build()
    if (!this.root.isConnected) this.view.replaceChildren(this.root)
    this.resize()
    if (!same && place) this.returnTo(place)
    this.showHits(this.hits)
    this.notePlace()
  }

  build() {
    const known = new Map(this.elements.map(element => [element.dataset.key, element.querySelector("img")]))
    this.painter.disconnect()
    this.elements = this.pages.map((page, n) => this.element(page, n, known.get(page.key)))
    this.arrange()
    this.elements.forEach(element => this.painter.observe(element))
  }

  element(page, n, known) {
    const picture = known?.src ? known : h("img", { alt: "", draggable: false })
    const column = h("div", { className: "column" })
    const marks = h("div", { className: "marks" }, h("div", { className: "lines" }), column)
    const figures = page.figures.map(figure => this.area("figure", figure.box))
    const element = h("figure", { className: `page ${n % 2 ? "verso" : "recto"}`, dataset: { key: page.key, number: n } },
      h("div", { className: "paper" }), picture, marks, ...figures, h("figcaption", { className: "folio" }, this.name(n)))
    picture.alt = `Page ${this.name(n)}: ${page.title}`
    element.addEventListener("click", event => this.onClick(n, this.point(element, event), event))
    element.addEventListener("pointermove", event => this.hover(element, event))
    return element
  }

  name(n) {
    return this.pages[n].folio || "·"
  }

  area(className, [left, top, right, bottom]) {
    const mm = number => `calc(${number} * var(--mm))`
    return h("div", { className, style: { left: mm(left), top: mm(top), width: mm(right - left), height: mm(bottom - top) } })
  }

  /** A page that is there already, with another picture if it shows something else. */
  renew(element, n) {
    const page = this.pages[n]
    if (element.dataset.key === page.key) return
    element.dataset.key = page.key
    element.querySelectorAll(".figure").forEach(area => area.remove())
    element.append(...page.figures.map(figure => this.area("figure", figure.box)))
    const picture = element.querySelector("img")
    picture.alt = `Page ${this.name(n)}: ${page.title}`
    element.querySelector(".folio").textContent = this.name(n)
    this.painter.unobserve(element)
    this.painter.observe(element)
  }

  arrange() {
    const spreads = []
    if (!this.facing) spreads.push(...this.elements.map(element => [element]))
    else for (let n = -1; n < this.elements.length; n += 2) spreads.push([this.elements[n], this.elements[n + 1]])
    const blank = () => h("div", { className: "none" })
    this.root.replaceChildren(...spreads.map(spread => h("div", { className: "spread" + (this.fromRight ? " right" : "") },
      ...(this.facing && this.elements.length > 1 ? spread.map(page => page ?? blank()) : spread.filter(Boolean)))))
    this.root.classList.toggle("facing", this.facing && this.elements.length > 1)
  }

  setFacing(facing) {
    const place = this.placeNow()
    this.facing = facing
    if (this.shape) this.arrange()
    this.resize()
    this.returnTo(place)
  }

  setZoom(zoom) {
    const place = this.placeNow()
    this.zoom = Math.min(6, Math.max(.25, zoom))
    this.resize()
    this.returnTo(place)
  }

  /** Give a millimetre its length, so that a spread fills the view at zoom 1. */
  resize() {
    if (!this.shape) return
    const { width, height, bleed, safe, grid } = this.shape
    const across = this.facing && this.pages.length > 1 ? 2 * width : width
    const fit = Math.min((this.view.clientWidth - ROOM) / across, (this.view.clientHeight - ROOM) / height)
    this.mm = Math.max(.2, fit) * this.zoom
    const lengths = { mm: `${this.mm}px`, w: width, h: height, b: bleed, safe: safe ?? 5, unit: grid.unit ?? 0, head: grid.head ?? 0, lines: grid.lines ?? 0 }
    for (const [name, length] of Object.entries(lengths)) this.root.style.setProperty(`--${name}`, length)
    this.elements.forEach((element, n) => this.placeColumn(element, n))
  }

  /** The column of text: from the inner margin, where pages mirror each other; else before the outer margin. */
  placeColumn(element, n) {
    const { width, grid } = this.shape
    const column = element.querySelector(".column")
    if (!grid.unit) return column.remove?.()
    const wide = grid.column * grid.unit
    const inner = grid.side * grid.unit
    const isRight = (n % 2 === 0) !== this.fromRight
    const beside = inner + (grid.aside + grid.gap) * grid.unit
    const left = grid.mirrored ? (isRight ? inner : width - inner - wide) : this.fromRight ? width - beside - wide : beside
    column.style.left = `${left * this.mm}px`
    column.style.width = `${wide * this.mm}px`
  }

  get ppi() {
    const wanted = this.mm * MM_PER_INCH * devicePixelRatio * (PX_PER_INCH / 96)
    return STEPS.find(step => step >= wanted) ?? STEPS.at(-1)
  }

  /** Paint what has come into view. A picture is exchanged when the new one is ready. */
  async paint(seen) {
    for (const { target, isIntersecting } of seen) {
      if (!isIntersecting) continue
      const picture = target.querySelector("img")
      if (!picture) continue // a page that is gone: its picture stands in the new one
      const wanted = pageAddress(target.dataset.key, this.ppi)
      if (picture.dataset.wanted === wanted) continue
      picture.dataset.wanted = wanted
      const coming = new Image()
      coming.src = wanted
      coming.decode().then(() => {
        if (picture.dataset.wanted === wanted) picture.src = wanted
        if (picture.dataset.wanted === wanted) target.dataset.shown = target.dataset.key
      }, () => { delete picture.dataset.wanted })
    }
  }

  repaint() {
    this.elements.forEach(element => { this.painter.unobserve(element); this.painter.observe(element) })
  }

  // ---- the place of the reader

  notePlace() {
    const middle = this.view.getBoundingClientRect().top + this.view.clientHeight / 2
    const nearest = this.elements.reduce((best, element, n) => {
      const box = element.getBoundingClientRect()
      const away = Math.abs(box.top + box.height / 2 - middle)
      return away < best.away - 1 ? { n, away } : best
    }, { n: 0, away: Infinity }).n
    const kept = this.sameSpread(nearest, this.current) ? this.current : nearest
    this.setCurrent(Math.min(kept, this.pages.length - 1))
    clearTimeout(this.later)
    this.later = setTimeout(() => this.repaint(), 120)
  }

  sameSpread(a, b) {
    return this.facing && b < this.elements.length && Math.ceil(a / 2) === Math.ceil(b / 2)
  }

  setCurrent(n) {
    this.elements[this.current]?.classList.remove("here")
    this.current = n
    this.elements[n]?.classList.add("here")
    this.onPage(n)
  }

  /** Where the reader is: a page of a chapter, and how far its top is from that of the view. */
  placeNow() {
    const page = this.pages[this.current]
    const element = this.elements[this.current]
    if (!page || !element?.isConnected) return null
    const first = this.pages.findIndex(other => other.unit === page.unit)
    const top = element.getBoundingClientRect().top - this.view.getBoundingClientRect().top
    return { unit: page.unit, nth: this.current - first, number: this.current, share: top / element.offsetHeight }
  }

  returnTo(place) {
    if (!place) return
    const first = this.pages.findIndex(page => page.unit === place.unit)
    const last = this.pages.findLastIndex(page => page.unit === place.unit)
    const n = first < 0 ? Math.min(place.number, this.pages.length - 1) : Math.min(first + place.nth, last)
    const element = this.elements[n]
    if (!element) return
    const top = element.getBoundingClientRect().top - this.view.getBoundingClientRect().top
    this.setCurrent(n)
    this.view.scrollTop += top - place.share * element.offsetHeight
  }

  goTo(n, { flash = false } = {}) {
    const element = this.elements[Math.min(Math.max(0, n), this.elements.length - 1)]
    if (!element) return
    this.setCurrent(Number(element.dataset.number))
    element.scrollIntoView({ block: element.offsetHeight < this.view.clientHeight ? "center" : "start", inline: "nearest" })
    if (!flash) return
    element.classList.remove("flash")
    requestAnimationFrame(() => element.classList.add("flash"))
  }

  /** The next or previous spread, or page. */
  turn(by) {
    const n = this.facing ? 2 * (Math.ceil(this.current / 2) + by) - 1 : this.current + by
    this.goTo(n < 0 ? 0 : n)
  }

  // ---- what is clicked and found

  point(element, event) {
    const box = element.getBoundingClientRect()
    return { x: (event.clientX - box.left) / this.mm, y: (event.clientY - box.top) / this.mm }
  }

  hover(element, event) {
    const { x, y } = this.point(element, event)
    const figures = this.pages[element.dataset.number].figures
    element.querySelectorAll(".figure").forEach((area, n) => {
      const [left, top, right, bottom] = figures[n]?.box ?? [0, 0, 0, 0]
      area.classList.toggle("over", left <= x && x <= right && top <= y && y <= bottom)
    })
  }

  figureAt(n, { x, y }) {
    return this.pages[n].figures.find(({ box: [left, top, right, bottom] }) => left <= x && x <= right && top <= y && y <= bottom)
  }

  showHits(hits) {
    this.hits = hits
    this.root.querySelectorAll(".hit").forEach(hit => hit.remove())
    for (const { page, boxes } of hits) {
      this.elements[page]?.append(...(boxes ?? []).map(([left, top, width, height]) => this.area("hit", [left, top, left + width, top + height])))
    }
  }
}
