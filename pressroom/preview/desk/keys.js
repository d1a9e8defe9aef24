// The keyboard. A key does nothing while a word is typed or a dialog is open.

import { button, h } from "./dom.js"

export function listenForKeys(keys) {
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const isTyping = event.target.closest("input, select, textarea, dialog[open]")
    const found = keys.find(({ names }) => names.includes(event.key))
    if (!found || (isTyping && event.key !== "Escape")) return
    if (found.act() !== false) event.preventDefault()
  })
}

export function keysDialog(dialog, keys) {
  const list = keys.filter(key => key.what).flatMap(({ names, what }) => [
    h("dt", {}, ...names.slice(0, 2).flatMap((name, n) => [n > 0 && " ", h("kbd", {}, SIGNS[name] ?? name)])),
    h("dd", {}, what),
  ])
  dialog.replaceChildren(h("h2", { id: "keys-title" }, "Keys"), h("dl", { className: "keys" }, ...list), button("Close", () => dialog.close()))
  return () => dialog.showModal()
}

const SIGNS = { ArrowLeft: "←", ArrowRight: "→", PageDown: "PgDn", PageUp: "PgUp", Escape: "Esc" }
