// Refreshes a visible page without losing focus and scroll positions. Without this script, the reader reloads the page.
"use strict";
const interval = 5000;
const main = document.getElementById("main");
const note = document.getElementById("refreshed");
function announce(text) {
  if (note.textContent !== text) note.textContent = text;
}
function isBusy() {
  const active = document.activeElement;
  const isTyping = main.contains(active) && active.matches("input");
  return document.hidden || isTyping || !getSelection().isCollapsed;
}
// A selector for the focused element, so that it is found again in the new page.
function place() {
  const active = document.activeElement;
  if (active === main || !main.contains(active)) return null;
  for (const name of ["href", "aria-label"]) {
    const value = active.getAttribute(name);
    if (value) return active.localName + "[" + name + "=\"" + CSS.escape(value) + "\"]";
  }
  return active.localName;
}
function show(page) {
  const found = place();
  const scrolled = [...main.querySelectorAll(".scroll")].map((region) => region.scrollLeft);
  main.replaceChildren(...page.getElementById("main").childNodes);
  main.querySelectorAll(".scroll").forEach((region, number) => { region.scrollLeft = scrolled[number] ?? 0; });
  if (found) main.querySelector(found)?.focus({ preventScroll: true });
}
async function refresh() {
  if (isBusy()) return;
  try {
    const response = await fetch(location.href, { cache: "no-store" });
    if (!response.ok) throw new Error(String(response.status));
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!isBusy()) show(page);
    announce("");
  } catch {
    announce("The exporter does not answer; what is shown may be old.");
  }
}
setInterval(refresh, interval);
