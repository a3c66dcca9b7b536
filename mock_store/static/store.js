// "Select all" is a convenience: the page works without this script.
const all = document.querySelector("#select-all");
if (all) {
  all.hidden = false;
  all.addEventListener("click", () => {
    for (const box of document.querySelectorAll(".cancel-item input[type=checkbox]"))
      box.checked = true;
  });
}
