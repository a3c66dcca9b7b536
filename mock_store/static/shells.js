// Some cards come as shells and fill in later; recipients come by script.
const recipients = () => {
  for (const place of document.querySelectorAll("[data-ship-to]"))
    place.textContent = place.dataset.shipTo;
};
recipients();
for (const slot of document.querySelectorAll(".order-slot[data-fills-in]")) {
  window.setTimeout(() => {
    slot.replaceWith(slot.querySelector("template").content.cloneNode(true));
    recipients();
  }, Number(slot.dataset.fillsIn));
}
