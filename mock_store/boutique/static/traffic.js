// What a shop's pages send by themselves: statistics, consent, the basket, a WebSocket.
const wanted = document.body.dataset.traffic;
const sends = (kind) => wanted === kind || wanted === "all";
const post = (address, more) => fetch(address, { method: "POST", body: "page=" + location.pathname, ...more });

if (sends("beacon")) {
  navigator.sendBeacon("/statistics", "loaded");
  document.addEventListener("click", () => navigator.sendBeacon("/statistics", "clicked"), true);
}
if (sends("consent")) post("/consent");
if (sends("cart")) {
  post("/cart/fragments")
    .then((answer) => answer.json())
    .then((fragments) => { document.querySelector(".cart").textContent = fragments.cart; });
}
if (sends("unload")) {
  addEventListener("pagehide", () => { post("/left", { keepalive: true }); });
}
if (sends("socket")) {
  const socket = new WebSocket(location.origin.replace("http", "ws") + "/live");
  socket.addEventListener("open", () => socket.send("loaded"));
  document.addEventListener("click", () => { if (socket.readyState === 1) socket.send("clicked"); }, true);
}
