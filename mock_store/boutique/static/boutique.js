// What the boutique's pages do by themselves. No library, and nothing inline.
const byId = (id) => document.getElementById(id);

document.addEventListener("click", (event) => {
  const opens = event.target.closest("[data-opens]");
  if (opens) {
    const opened = byId(opens.dataset.opens);
    if (opened.showModal) opened.showModal();
    else opened.hidden = !opened.hidden;
  }
  const closes = event.target.closest("[data-closes]");
  if (closes) {
    const closed = byId(closes.dataset.closes);
    if (closed.close) closed.close();
    else closed.hidden = true;
  }
  const goes = event.target.closest("[data-goes]");
  if (goes) location.assign(goes.dataset.goes);
  const shows = event.target.closest("[data-shows]");
  if (shows) {
    const field = shows.form.elements[shows.dataset.shows];
    field.type = field.type === "password" ? "text" : "password";
  }
  const list = event.target.closest("[data-list][role=combobox]");
  if (list) byId(list.dataset.list).hidden = false;
  const option = event.target.closest("[role=option]");
  if (option) {
    const box = option.closest(".combobox");
    box.querySelector("[role=combobox]").textContent = option.textContent;
    box.querySelector("input").value = option.textContent;
    option.parentElement.hidden = true;
  }
  const sends = event.target.closest("[data-sends]");
  if (sends) send(sends);
  const turns = event.target.closest("[data-turns]");
  if (turns) turn(turns.closest(".carousel"));
  const loads = event.target.closest("[data-loads]");
  if (loads) {
    event.preventDefault();
    swap(loads.href);
  }
  const cancels = event.target.closest("[data-cancels]");
  if (cancels) cancel(cancels);
  const more = event.target.closest("[data-more]");
  if (more) load(more);
});

document.addEventListener("submit", (event) => {
  const question = event.target.dataset.asks;
  if (question && !confirm(question)) event.preventDefault();
  if ("byScript" in event.target.dataset) {
    event.preventDefault();
    sendForm(event.target);
  }
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-needed]")) {
    event.target.form.querySelector("button.strong").disabled = !event.target.value;
  }
  if (event.target.matches("[data-submits]")) event.target.form.submit();
});

function send(button) {
  button.disabled = true;
  sendForm(button.form, button.dataset.sends);
}

async function sendForm(form, address = form.action) {
  const body = new URLSearchParams(new FormData(form));
  const answer = await fetch(address, { method: "POST", body });
  location.assign(answer.url);
}

async function graphql(operationName, variables) {
  const query = operationName === "order" ? "query order($number: ID!) { order(number: $number) { number state } }"
    : "mutation cancelOrder($number: ID!) { cancelOrder(number: $number) { url } }";
  const answer = await fetch("/graphql", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ operationName, query, variables }),
  });
  return (await answer.json()).data;
}

async function cancel(button) {
  button.disabled = true;
  const fields = Object.fromEntries(new FormData(button.form));
  const data = await graphql("cancelOrder", { number: button.dataset.cancels, ...fields });
  location.assign(data.cancelOrder.url);
}

function turn(carousel) {
  const shown = carousel.querySelector("li:not([hidden])");
  shown.hidden = true;
  (shown.nextElementSibling ?? shown.parentElement.firstElementChild).hidden = false;
}

// A page is fetched, and takes the place of the one that is shown.
async function swap(address) {
  const text = await (await fetch(address)).text();
  const page = new DOMParser().parseFromString(text, "text/html");
  history.pushState(null, "", address);
  document.querySelector("main").replaceWith(page.querySelector("main"));
}

async function load(more) {
  const text = await (await fetch(more.dataset.more)).text();
  const page = new DOMParser().parseFromString(text, "text/html");
  document.querySelector("[data-rows]").append(...page.querySelector("[data-rows]").children);
  const next = page.querySelector("[data-more]");
  if (next) more.dataset.more = next.dataset.more;
  else more.remove();
}

for (const toast of document.querySelectorAll("[data-toast]")) {
  setTimeout(() => toast.remove(), 4000);
}

for (const stamp of document.querySelectorAll("[data-reads]")) {
  graphql("order", { number: stamp.dataset.reads }).then((data) => { stamp.textContent = data.order.state; });
}

for (const place of document.querySelectorAll("[data-search]")) search(place);

// The list is asked for by a POST, and takes the place of a word that it is looked up.
async function search(place) {
  const text = await (await fetch(place.dataset.search, { method: "POST" })).text();
  const page = new DOMParser().parseFromString(text, "text/html");
  page.querySelector("main h1").remove();
  place.replaceWith(...page.querySelector("main").children);
}

const waits = document.querySelector("[data-reloads]");
if (waits) setTimeout(() => location.reload(), waits.dataset.reloads);
