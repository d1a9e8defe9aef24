// Elements in a few words.

export const $ = id => document.getElementById(id)

/** An element with properties and children; `dataset`, `style` and ARIA attributes are set by name. */
export function h(name, properties = {}, ...children) {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue
    if (key === "style") for (const [name, length] of Object.entries(value)) element.style.setProperty(name, length)
    else if (key === "dataset") Object.assign(element.dataset, value)
    else if (key in element && !key.includes("-")) element[key] = value
    else element.setAttribute(key, value)
  }
  return fill(element, ...children)
}

/** Give an element other children; what is undefined, null or false is left out. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat().filter(child => child !== undefined && child !== null && child !== false && child !== ""))
  return element
}

/** A button that does something. */
export const button = (text, onclick, properties = {}) => h("button", { type: "button", onclick, ...properties }, text)

/** What is remembered in this browser about the look of the page, and nothing else. */
export const remembered = {
  get(name, otherwise) {
    try { return JSON.parse(localStorage.getItem(`preview.${name}`)) ?? otherwise } catch { return otherwise }
  },
  set(name, value) {
    try { localStorage.setItem(`preview.${name}`, JSON.stringify(value)) } catch { /* it is not remembered */ }
  },
}
