// The pages of this layout live by script, as the ones that they stand for do.

const filter = document.querySelector("#time-filter");
if (filter) filter.addEventListener("change", () => filter.form.submit());

const form = document.querySelector("#cancel-items-form");
if (form) {
  const boxes = [...form.querySelectorAll("input[type=checkbox]")];
  const button = form.querySelector("#preship-cancel-submit-button-announce");
  const toggle = form.querySelector("#select-toggle-link");
  const update = () => {
    const some = boxes.some((box) => box.checked);
    button.disabled = !some;
    button.parentElement.classList.toggle("a-button-disabled", !some);
    toggle.textContent = boxes.every((box) => box.checked)
      ? toggle.dataset.clear
      : toggle.dataset.all;
  };
  toggle.addEventListener("click", () => {
    const tick = !boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = tick;
    update();
  });
  form.addEventListener("change", update);
  button.addEventListener("click", () => {
    button.disabled = true;
    for (const box of boxes.filter((box) => box.checked)) {
      const chosen = Object.assign(document.createElement("input"), {
        type: "hidden",
        name: "item",
        value: box.name,
      });
      form.append(chosen);
    }
    form.submit();
  });
  update();
}
