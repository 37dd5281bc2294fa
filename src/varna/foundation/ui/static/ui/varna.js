// What makes things easier. Everything works without it. Nothing is written as HTML here: the
// pages ask the browser for Trusted Types.

// ── quick exit: the link, or Shift three times ────────────────────────────────────────────────
const exit = document.querySelector("[data-leave]");
if (exit) {
  const leave = () => {
    // Cover the page at once; then go, leaving no page to come back to.
    document.title = "…";
    document.body.hidden = true;
    location.replace(exit.href);
  };
  exit.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  let presses = [];
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift") {
      presses = [];
      return;
    }
    presses = [...presses.filter((at) => event.timeStamp - at < 1500), event.timeStamp];
    if (presses.length >= 3) leave();
  });
}

// A page that the browser kept whole is asked for anew: somebody may have left in a hurry. What
// is shown once (a code, a thread) is not brought back by going back: the first page comes instead.
addEventListener("pageshow", (event) => {
  const back = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  if ((event.persisted || back) && document.querySelector("[data-once]")) {
    document.body.hidden = true;
    location.replace(document.querySelector(".home").href);
  } else if (event.persisted) {
    location.reload();
  }
});

// ── a form is sent once, however often the button is pressed ──────────────────────────────────
for (const form of document.querySelectorAll("form[method=post]:not([data-passkey])")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
    // If the answer does not come, it must be possible to try again.
    setTimeout(() => {
      delete form.dataset.sent;
      for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
    }, 8000);
  });
}

// ── what went wrong is read first ─────────────────────────────────────────────────────────────
document.querySelector(".errors")?.focus();

// ── how many characters are left ──────────────────────────────────────────────────────────────
for (const box of document.querySelectorAll("textarea[data-count][maxlength]")) {
  const said = document.createElement("p");
  said.className = "count";
  const tell = () => {
    const left = box.maxLength - box.value.length;
    said.textContent = left < box.maxLength / 5 ? box.dataset.count.replace("{}", left) : "";
  };
  box.after(said);
  box.addEventListener("input", tell);
  tell();
}

// ── copy the receipt code, print it ───────────────────────────────────────────────────────────
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const source = document.querySelector(button.dataset.copy);
    await navigator.clipboard.writeText(source.textContent.trim());
    button.textContent = button.dataset.done;
  });
}
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
