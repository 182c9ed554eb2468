// The plate for a company's own pages; served without this line and the spaces.
(() => {
const doc = document, tag = doc.currentScript, set = tag.dataset, base = new URL(".", tag.src).href
const asked = (set.language || doc.documentElement.lang || navigator.language).slice(0, 2), store = "otklik " + base
const host = doc.createElement("div"), root = host.attachShadow({mode: "open"}), css = new CSSStyleSheet()
const make = (name, at) => at.appendChild(doc.createElement(name))
const plate = make("div", root), link = make("a", plate), more = make("span", plate)
const shades = {none: "#1f8a4c", minor: "#c98a00", major: "#c62f2f", critical: "#c62f2f", maintenance: "#2a6fc4", late: "#8a949f"}
let known, pause = 60, timer
css.replaceSync("div{color-scheme:light dark;padding:10px 16px;font:15px/1.4 system-ui,sans-serif;overflow-wrap:anywhere;border-left:6px solid var(--c);background:color-mix(in srgb,var(--c) 14%,Canvas);color:CanvasText}.top,.bottom{position:fixed;left:0;right:0;z-index:9999}.top{top:0}.bottom{bottom:0}a{color:inherit;font-weight:600}")
root.adoptedStyleSheets = [css]
plate.role = "status"
host.hidden = true
const show = () => {
  const {at, told} = known, say = told.x_plate, now = Date.now(), age = (now - at) / 1e3, late = age > (told.x_stale_after || 180)
  const level = told.status.indicator, far = new Intl.RelativeTimeFormat(say.language)
  const fault = told.incidents[0], broken = fault && fault.impact != "none"
  const first = broken ? fault : told.scheduled_maintenances.find(each => each.status != "scheduled")
  const coming = (words, time) => {
    const day = new Date(time), date = day.toDateString() != new Date().toDateString() && {day: "numeric", month: "long"}
    return time && day > now && words.replace("@", day.toLocaleString(say.language, {hour: "numeric", minute: "2-digit", ...date}))
  }
  plate.id = late ? "late" : level
  plate.className = set.position || "bottom"
  plate.style.setProperty("--c", shades[plate.id])
  link.textContent = first ? first.name : say.level
  link.href = /^https?:/.test(told.page.url) ? told.page.url : base
  const parts = late
    ? [say.late.replace("@", age < 5400 ? far.format(-Math.round(age / 60), "minute") : far.format(-Math.round(age / 3600), "hour"))]
    : first ? [say.others, coming(say.next, first.x_next_update_by) || coming(say.until, first.scheduled_until)] : []
  more.textContent = parts.map(each => each ? "\u00a0· " + each : "").join("")
  host.hidden = "hideGreen" in set && level == "none" && !late
}
const look = async () => {
  clearTimeout(timer)
  try {
    const said = await fetch(base + "api/v2/summary.json?language=" + asked, {cache: "no-cache", credentials: "omit"})
    known = {at: Date.now(), told: said.ok ? await said.json() : 0}
    show()
    pause = 60
    localStorage[store] = JSON.stringify(known)
  } catch {
    pause = Math.min(pause * 2, 600)
    try { known = JSON.parse(localStorage[store]); show() } catch {}
  }
  timer = setTimeout(look, pause * (900 + 200 * Math.random()))
}
doc.onvisibilitychange = () => doc.hidden || look()
set.position == "here" ? tag.after(host) : (doc.body || doc.documentElement).append(host)
look()
})()
