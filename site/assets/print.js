// Where a page says data-print-place="words", a button that prints it. Without script the browser's own command does.
for (const place of document.querySelectorAll("[data-print-place]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button plain";
  button.textContent = place.dataset.printPlace;
  button.addEventListener("click", () => window.print());
  place.append(button);
}
