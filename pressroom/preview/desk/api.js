// What the page asks of the server. All addresses are relative to the page's own, which holds the token.

const address = (path, query = {}) => {
  const words = new URLSearchParams(query).toString()
  return path + (words ? `?${words}` : "")
}

export async function ask(path, query) {
  const answer = await fetch(address(path, query))
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
  return answer.json()
}

/** Change photos.yaml; the answer has a message where nothing could be changed. */
export async function send(path, values = {}) {
  const answer = await fetch(path, { method: "POST", body: JSON.stringify(values) })
  return answer.json()
}

export const pageAddress = (key, ppi) => address(`page/${key}.jpg`, { ppi })
export const photoAddress = (id, version, whole = false) => address(`photo/${encodeURIComponent(id)}`, { version, ...(whole && { whole: 1 }) })

/** Listens for news as long as the page can be seen: a hidden tab needs none, and browsers allow few connections. */
export class News {
  constructor(tell, lost) {
    this.tell = tell
    this.lost = lost
    document.addEventListener("visibilitychange", () => this.listen(this.edition))
  }

  listen(edition) {
    this.edition = edition
    this.stream?.close()
    this.stream = null
    if (document.hidden) return
    this.stream = new EventSource(address("events", { edition }))
    this.stream.onmessage = event => this.tell(JSON.parse(event.data))
    this.stream.onerror = () => this.lost()
  }
}
