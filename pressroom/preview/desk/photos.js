// The photographs of the publication: how large each is printed, its words, and what is missing.

import { button, h } from "./dom.js"
import { photoAddress } from "./api.js"

const GRADES = { good: "good", fair: "just enough", poor: "too small" }

export function contactSheet(photos, version, { onFrame, onPlace }) {
  if (!photos.length) return h("div", { className: "empty" }, h("strong", {}, "There are no photographs yet."), h("p", {}, "Put them in assets/photos, and name them in a chapter."))
  return h("div", { className: "sheet" }, ...photos.map(photo => card(photo, version, onFrame, onPlace)))
}

function card(photo, version, onFrame, onPlace) {
  const { texts } = photo
  const alt = texts.alt?.text ?? ""
  const picture = photo.is_there ? h("img", { src: photoAddress(photo.id, version), alt, loading: "lazy" }) : h("span", {}, "not here yet")
  const shown = photo.framing
    ? button(picture, () => onFrame(photo), { className: "shown", "aria-label": `Frame ${photo.file}` })
    : h("div", { className: "shown" }, picture)
  return h("article", { className: "card" }, shown, h("div", { className: "words" },
    h("h3", {}, photo.title, h("span", {}, photo.file)),
    photo.missing.length > 0 && h("p", { className: "missing" }, `Missing: ${photo.missing.join(", ")}`),
    ...["caption", "alt", "credit"].filter(name => texts[name]).flatMap(name => [
      h("p", { className: "label" }, [name === "alt" ? "alt text" : name, texts[name].origin].filter(Boolean).join(", ")),
      h("p", { className: "text" }, texts[name].text),
    ]),
    h("table", {}, h("tbody", {}, ...Object.entries(photo.editions).map(([name, use]) => h("tr", {},
      h("td", {}, name), h("td", {}, size(use)), h("td", { className: `grade-${use.grade}` }, GRADES[use.grade]))))),
    button(`${photo.place.file}:${photo.place.line}`, () => onPlace(photo), { className: "place" }),
  ))
}

const size = ({ mm, ppi }) => [ppi && `${Math.round(ppi)} ppi`, mm && `${Math.round(mm)} mm`].filter(Boolean).join(" at ") || "on screens"
