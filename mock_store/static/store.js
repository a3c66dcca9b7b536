// "Select all" is a convenience: the page works without this script.
const all = document.querySelector("#select-all");
if (all) {
  all.hidden = false;
  all.addEventListener("click", () => {
    for (const box of document.querySelectorAll(".cancel-item input[type=checkbox]"))
      box.checked = true;
  });
}

// On a phone, long orders are folded.
for (const button of document.querySelectorAll(".show-more")) {
  button.addEventListener("click", () => {
    for (const line of button.closest("section").querySelectorAll("[data-more]"))
      line.hidden = false;
    button.remove();
  });
}
