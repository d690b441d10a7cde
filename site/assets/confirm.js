// A form, or a button in it, with data-confirm="question" asks before it is sent. Without script it is simply sent,
// so what cannot be undone must ask on the server as well (parts::confirm).
{
  const words = document.querySelector('meta[name="fairway-words"]')?.dataset ?? {};
  const asked = new WeakSet();

  const ask = (question, go) => {
    const dialog = document.createElement("dialog");
    dialog.className = "dialog";
    const heading = document.createElement("h2");
    heading.id = "confirm-title";
    heading.textContent = words.sure ?? question;
    dialog.setAttribute("aria-labelledby", heading.id);
    const text = document.createElement("p");
    text.textContent = question;
    const row = document.createElement("p");
    row.className = "actions";
    const button = (label, look, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = look;
      made.textContent = label;
      made.addEventListener("click", () => { dialog.close(); act?.(); });
      return made;
    };
    row.append(button(words.go ?? "OK", "button stop", go), button(words.cancel ?? "×", "button plain"));
    dialog.append(heading, text, row);
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    row.lastElementChild.focus();
  };

  // Captured, so that it runs before other listeners take the form as sent.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
    if (!question || asked.has(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(question, () => { asked.add(form); form.requestSubmit(event.submitter); asked.delete(form); });
  }, true);
}
