// An ebook as a phone, a tablet and an e-ink reader show it. Its pages run no script: this one sets columns, colours and the
// size of type in them from outside, as a reading system does.

import { button, h } from "./dom.js"

export const DEVICES = {
  phone: { name: "Phone", width: 390, height: 780, room: 22 },
  tablet: { name: "Tablet", width: 768, height: 1024, room: 56 },
  "e-ink": { name: "E-ink", width: 536, height: 724, room: 30 },
}
export const THEMES = {
  light: { name: "Light", ground: "#ffffff", ink: "", scheme: "light" },
  sepia: { name: "Sepia", ground: "#f3e9d2", ink: "#3f3222", scheme: "light" },
  night: { name: "Night", ground: "#121212", ink: "#d8d4cc", scheme: "dark" },
}

/** Have the ebook's own rules for light and dark follow the theme of the reader, and not that of this machine. */
function chooseScheme(doc, scheme) {
  for (const sheet of doc.styleSheets) {
    for (const rule of sheet.cssRules) {
      const asked = rule.media && /prefers-color-scheme:\s*(light|dark)/.exec(ASKED.get(rule) ?? rule.media.mediaText)
      if (!asked) continue
      ASKED.set(rule, asked[0])
      rule.media.mediaText = asked[1] === scheme ? "all" : "not all"
    }
  }
}

const ASKED = new WeakMap()

export class Reader {
  constructor(view, { onSection, onClick }) {
    this.view = view
    this.onClick = onClick
    this.onSection = onSection
    this.section = 0
    this.share = 0
    this.screen = h("div", { className: "screen" })
    this.device = h("div", { className: "device" }, this.screen)
    this.root = h("div", { className: "shelf" },
      button("‹", () => this.turn(-1), { "aria-label": "Previous page" }), this.device,
      button("›", () => this.turn(1), { "aria-label": "Next page" }))
    new ResizeObserver(() => this.root.isConnected && this.fit()).observe(view)
  }

  show(ebook, looks) {
    const isNew = this.ebook?.name !== ebook.name
    this.ebook = ebook
    this.looks = looks
    if (!this.root.isConnected) this.view.replaceChildren(this.root)
    this.device.className = `device ${looks.device}`
    this.fit()
    if (isNew || !this.frame?.isConnected) this.load(Math.min(this.section, ebook.pages.length - 1), this.share)
    else this.dress(this.frame)
  }

  /** Scale the device to the room there is. */
  fit() {
    const { width, height } = DEVICES[this.looks.device]
    const scale = Math.min(1, (this.view.clientHeight - 140) / height, (this.view.clientWidth - 260) / width)
    this.scale = scale
    this.screen.style.width = `${width * scale}px`
    this.screen.style.height = `${height * scale}px`
    for (const frame of this.screen.children) Object.assign(frame.style, { width: `${width}px`, height: `${height}px`, transform: `scale(${scale})` })
  }

  /** Load a section. The one that is shown stays until the new one is dressed. */
  load(section, share) {
    this.section = section
    this.share = share
    const page = this.ebook.pages[section]
    const frame = h("iframe", { className: "coming", title: `Ebook: ${page.title}`, sandbox: "allow-same-origin", src: `ebook/${this.ebook.name}/${page.path}` })
    this.screen.append(frame)
    this.fit()
    frame.addEventListener("load", () => {
      this.dress(frame)
      for (const other of [...this.screen.children]) if (other !== frame) other.remove()
      frame.classList.remove("coming")
      this.frame = frame
      this.follow(frame)
      frame.contentDocument.addEventListener("click", event => this.tellPlace(frame, event))
    })
    this.onSection(section)
  }

  /** Where a link inside the ebook has led. */
  follow(frame) {
    const path = decodeURIComponent(frame.contentWindow.location.pathname)
    const section = this.ebook.pages.findIndex(page => path.endsWith(`/${page.path}`))
    if (section >= 0 && section !== this.section) { this.section = section; this.onSection(section) }
  }

  /** The words around a click, by which its place in the manuscript is found. */
  tellPlace(frame, event) {
    if (event.target.closest("a")) return
    const block = event.target.closest("p, li, h1, h2, h3, h4, dt, dd, td, figcaption, pre, figure, blockquote")
    const letters = block?.textContent.trim().slice(0, 60)
    const box = frame.getBoundingClientRect()
    if (letters) this.onClick(this.section, letters, { clientX: box.left + event.clientX * this.scale, clientY: box.top + event.clientY * this.scale })
  }

  dress(frame) {
    const doc = frame.contentDocument
    if (!doc?.head) return
    const { width, height, room } = DEVICES[this.looks.device]
    const { ground, ink, scheme } = THEMES[this.looks.theme]
    frame.style.colorScheme = scheme
    chooseScheme(doc, scheme)
    this.screen.style.background = ground
    const sheet = doc.getElementById("of-the-preview") ?? doc.head.appendChild(Object.assign(doc.createElement("style"), { id: "of-the-preview" }))
    sheet.textContent = `
      html { font-size: ${this.looks.size}% !important; background: ${ground} !important; height: ${height}px; overflow: hidden !important }
      body { margin: 0 !important; padding: ${room}px !important; box-sizing: border-box !important; width: ${width}px !important;
        max-width: none !important; height: ${height}px !important; columns: ${width - 2 * room}px 1 !important; column-gap: ${2 * room}px !important;
        column-fill: auto !important; background: ${ground} !important; overflow: visible !important }
      img, svg { max-width: 100% !important; max-height: ${height - 3 * room}px !important; object-fit: contain }
      ${ink && `html, body, body * { color: ${ink} !important; border-color: currentColor !important }
        body * { background-color: transparent !important }`}`
    requestAnimationFrame(() => this.goToShare(frame))
  }

  get pages() {
    const doc = this.frame?.contentDocument ?? this.screen.lastChild?.contentDocument
    return Math.max(1, Math.round((doc?.documentElement.scrollWidth ?? 1) / DEVICES[this.looks.device].width))
  }

  goToShare(frame) {
    const count = Math.max(1, Math.round(frame.contentDocument.documentElement.scrollWidth / DEVICES[this.looks.device].width))
    this.goToPage(frame, this.share === 1 ? count - 1 : Math.round(this.share * count), count)
  }

  goToPage(frame, n, count) {
    this.page = Math.min(Math.max(0, n), count - 1)
    frame.contentWindow.scrollTo(this.page * DEVICES[this.looks.device].width, 0)
    this.share = this.page / count
    this.onSection(this.section, this.page, count)
  }

  turn(by) {
    const count = this.pages
    const next = (this.page ?? 0) + by
    if (next >= 0 && next < count) this.goToPage(this.frame, next, count)
    else if (this.ebook.pages[this.section + by]) this.load(this.section + by, by < 0 ? 1 : 0)
  }
}
