// Framing one photograph: its focus point or its crop is set with the mouse or the arrow keys, and written to photos.yaml.

import { button, fill, h } from "./dom.js"
import { photoAddress, send } from "./api.js"

const LEAST = 5 // per cent of a side that a crop keeps
const CORNERS = [[0, 0], [1, 0], [0, 1], [1, 1]]
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
const within = (number, least, most) => Math.min(most, Math.max(least, number))
const per = number => `${Math.round(number * 10) / 10}%`

export class Framing {
  constructor(dialog) {
    this.dialog = dialog
  }

  open(photo, version) {
    this.photo = photo
    this.focus = [...photo.framing.focus]
    this.crop = photo.framing.crop ? [...photo.framing.crop] : [0, 0, 100, 100]
    this.settled = new Set(photo.framing.settled)
    this.key = this.settled.has("focus") && !this.settled.has("crop") ? "crop" : "focus"
    this.fault = ""
    this.picture = h("img", { src: photoAddress(photo.id, version, true), alt: photo.texts.alt?.text ?? "", draggable: false })
    this.point = button("", null, { className: "point", "aria-label": "Focus point: the arrow keys move it" })
    this.frame = h("div", { className: "frame" })
    this.corners = CORNERS.map(([x, y]) => button("", null, { className: "corner", "aria-label": `${y ? "Lower" : "Upper"} ${x ? "right" : "left"} corner: the arrow keys move it` }))
    this.veil = h("div", { className: "veil" })
    this.easel = h("div", { className: "easel" }, this.picture, this.veil, this.frame, ...this.corners, this.point)
    this.rail = h("div", { className: "rail" })
    this.dialog.replaceChildren(h("h2", { id: "framing-title" }, `${photo.title} · ${photo.file}`), h("div", { className: "desk" }, this.easel, this.rail))
    this.easel.addEventListener("pointerdown", event => this.grab(event))
    this.easel.addEventListener("keydown", event => this.nudge(event))
    this.picture.addEventListener("load", () => this.draw())
    this.draw()
    if (!this.dialog.open) this.dialog.showModal()
  }

  get value() {
    return this.key === "focus" ? this.focus.map(per).join(" ") : this.crop.map(per).join(" ")
  }

  draw() {
    const [left, top, width, height] = this.crop
    const isCrop = this.key === "crop"
    const put = (element, x, y) => { element.style.left = `${x}%`; element.style.top = `${y}%` }
    put(this.point, ...this.focus)
    put(this.frame, left, top)
    this.frame.style.width = `${width}%`
    this.frame.style.height = `${height}%`
    this.corners.forEach((corner, n) => put(corner, left + CORNERS[n][0] * width, top + CORNERS[n][1] * height))
    for (const part of [this.frame, ...this.corners]) part.hidden = !isCrop
    this.point.hidden = isCrop
    const { clientWidth: w, clientHeight: t } = this.picture
    const [x, y, r, b] = [left * w, top * t, (left + width) * w, (top + height) * t].map(number => number / 100)
    this.veil.style.clipPath = `path(evenodd, "M0 0H${w}V${t}H0Z M${x} ${y}H${r}V${b}H${x}Z")`
    this.drawRail()
  }

  drawRail() {
    const choose = key => () => { this.key = key; this.draw() }
    const isSettled = this.settled.has(this.key)
    const kept = this.key === "focus" ? "Where a layout cuts this picture, the point stays in sight." : "Only this part is shown, in every edition."
    const note = isSettled ? `The manuscript gives the ${this.key} at ${this.photo.place.file}:${this.photo.place.line}; it wins over photos.yaml.` : kept
    fill(this.rail,
      h("div", { className: "choice", role: "group", "aria-label": "What to set" }, ...["focus", "crop"].map(key =>
        button(key === "focus" ? "Focus point" : "Crop", choose(key), { "aria-pressed": String(this.key === key) }))),
      h("p", { className: "note" }, note),
      h("code", {}, `${this.photo.file}:\n  ${this.key}: ${this.value}`),
      h("div", { className: "actions" },
        button("Write to photos.yaml", () => this.write(this.value), { className: "primary", disabled: isSettled, id: "write" }),
        button("Remove", () => this.write(""), { disabled: isSettled }),
        button("Undo", () => this.undo(), { id: "undo" }),
        button("Close", () => this.dialog.close())),
      this.fault && h("p", { className: "fault", role: "alert" }, this.fault),
      this.said && h("p", { className: "note", role: "status" }, this.said),
    )
  }

  async write(value) {
    const answer = await send("frame", { id: this.photo.id, key: this.key, value })
    this.fault = answer.message ?? ""
    this.said = answer.message ? "" : value ? "Written." : "Removed."
    if (!value && !answer.message) this.key === "focus" ? this.focus = [50, 50] : this.crop = [0, 0, 100, 100]
    this.draw()
  }

  async undo() {
    const answer = await send("undo")
    this.fault = answer.message ?? ""
    this.said = answer.message ? "" : answer.undone ? "Taken back." : "There is nothing to take back."
    this.draw()
  }

  // ---- by mouse and by keys

  grab(event) {
    if (event.target.closest("button") && !this.easel.contains(event.target)) return
    event.preventDefault()
    event.target.focus?.()
    const box = this.picture.getBoundingClientRect()
    const at = ({ clientX, clientY }) => [(clientX - box.left) / box.width * 100, (clientY - box.top) / box.height * 100]
    const start = at(event)
    const move = this.mover(event.target, start)
    move(start)
    const moved = event => { move(at(event)); this.draw() }
    this.easel.setPointerCapture(event.pointerId)
    this.easel.addEventListener("pointermove", moved)
    this.easel.addEventListener("pointerup", () => this.easel.removeEventListener("pointermove", moved), { once: true })
    this.draw()
  }

  /** What a movement changes: the point, a corner, the whole frame, or a new frame from where it began. */
  mover(target, [x0, y0]) {
    if (this.key === "focus") return ([x, y]) => { this.focus = [within(x, 0, 100), within(y, 0, 100)] }
    const corner = this.corners.indexOf(target)
    if (corner >= 0) return ([x, y]) => this.moveCorner(corner, x, y)
    const [left, top, width, height] = this.crop
    const isWhole = width > 99.5 && height > 99.5
    if (target === this.frame && !isWhole) {
      return ([x, y]) => { this.crop = [within(left + x - x0, 0, 100 - width), within(top + y - y0, 0, 100 - height), width, height] }
    }
    return ([x, y]) => {
      if (Math.abs(x - x0) < 1 && Math.abs(y - y0) < 1) return
      this.setEdges(Math.min(x, x0), Math.min(y, y0), Math.max(x, x0), Math.max(y, y0))
    }
  }

  moveCorner(n, x, y) {
    const [left, top, width, height] = this.crop
    const [isRight, isLow] = CORNERS[n]
    const right = left + width
    const bottom = top + height
    this.setEdges(
      isRight ? left : within(x, 0, right - LEAST), isLow ? top : within(y, 0, bottom - LEAST),
      isRight ? within(x, left + LEAST, 100) : right, isLow ? within(y, top + LEAST, 100) : bottom)
  }

  setEdges(left, top, right, bottom) {
    const [l, t] = [within(left, 0, 100 - LEAST), within(top, 0, 100 - LEAST)]
    this.crop = [l, t, within(right - l, LEAST, 100 - l), within(bottom - t, LEAST, 100 - t)]
  }

  nudge(event) {
    const way = ARROWS[event.key]
    if (!way) return
    event.preventDefault()
    const [x, y] = way.map(step => step * (event.shiftKey ? 5 : 1))
    const corner = this.corners.indexOf(event.target)
    const [left, top, width, height] = this.crop
    if (corner >= 0) this.moveCorner(corner, left + CORNERS[corner][0] * width + x, top + CORNERS[corner][1] * height + y)
    else if (this.key === "focus") this.focus = [within(this.focus[0] + x, 0, 100), within(this.focus[1] + y, 0, 100)]
    this.draw()
  }
}
