// The findings beside the pages: where, what, why, what to do. A click on a place goes to its page.

import { button, h } from "./dom.js"

const WORDS = { error: "Error", warning: "Warning", advice: "Advice" }
const SHOWN = 6 // places of one finding

/** An entry for each kind of finding: the first of it with all its places, the others folded under it. */
export function findingsList(findings, state, goTo) {
  const kinds = grouped(findings, finding => `${finding.severity} ${finding.id}`)
  return kinds.map(kind => {
    const [first, ...others] = grouped(kind, finding => finding.message + finding.remedy)
    return h("li", { className: `finding ${kind[0].severity}` },
      h("span", { className: "id" }, first[0].id),
      h("span", { className: "kind" }, WORDS[kind[0].severity]),
      ...described(first, state, goTo),
      others.length > 0 && h("details", {},
        h("summary", {}, `${others.length} more of this kind`),
        ...others.map(other => h("div", { className: "another" }, ...described(other, state, goTo)))))
  })
}

function grouped(findings, keyOf) {
  const found = new Map()
  for (const finding of findings) found.set(keyOf(finding), [...found.get(keyOf(finding)) ?? [], finding])
  return [...found.values()]
}

function described(same, state, goTo) {
  const [{ message, remedy }] = same
  const shown = same.flatMap(finding => finding.places)
  const left = shown.length - SHOWN
  return [
    h("p", {}, message),
    h("p", { className: "remedy" }, remedy),
    h("div", { className: "places" }, ...shown.slice(0, SHOWN).map(place => standing(place, state, goTo)), left > 0 && h("span", {}, `and ${left} more`)),
  ]
}

function standing(place, { pages, ebook }, goTo) {
  const name = place.file + (place.line ? `:${place.line}` : "")
  const at = place.page ?? (ebook ? ebook.pages.findIndex(page => page.source === place.file) : -1)
  if (at < 0 || !place.file) return h("span", {}, name)
  return button(ebook ? name : `${name} · p. ${pages[at].folio || "–"}`, () => goTo(at), { title: place.excerpt })
}

export function summaryOf(findings) {
  const count = severity => findings.filter(finding => finding.severity === severity).length
  const named = (n, one, many) => n && `${n} ${n === 1 ? one : many}`
  const parts = [named(count("error"), "error", "errors"), named(count("warning"), "warning", "warnings"), count("advice") && `${count("advice")} advice`]
  return parts.filter(Boolean).join(" · ") || "Nothing to mend."
}
