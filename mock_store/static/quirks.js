// What a page does by script when a quirk is asked for. Loaded only then.

// At a random moment something covers the page, until it is declined.
const cover = document.querySelector("#cover");
if (cover) {
  window.setTimeout(() => {
    document.body.append(cover.content.cloneNode(true));
    for (const button of document.querySelectorAll("[data-closes]"))
      button.addEventListener("click", () => button.closest(".cover").remove());
  }, Number(cover.dataset.after));
}

const unsteady = document.querySelector("form[data-unsteady]");
const does = (quirk) => unsteady && unsteady.dataset.unsteady.split(" ").includes(quirk);

// The form draws itself anew shortly after the last tick, once, and forgets them.
if (does("ticks_reset")) {
  let waiting;
  const forget = () => {
    unsteady.removeEventListener("change", wait);
    for (const box of unsteady.querySelectorAll("input[type=checkbox]")) box.checked = false;
    unsteady.dispatchEvent(new Event("change"));
  };
  const wait = () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(forget, 150);
  };
  unsteady.addEventListener("change", wait);
}

// As the pointer comes over the button, once, something that leads elsewhere takes its place.
if (does("button_moves")) {
  const row = unsteady.querySelector("button.strong").closest(".row");
  row.querySelector("button.strong").addEventListener(
    "pointerenter",
    () => row.before(document.querySelector("#notice").content.cloneNode(true)),
    { once: true },
  );
}
