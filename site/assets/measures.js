// Fast entry of answers from paper: in a list marked data-quick, a digit that the field takes goes on to the next field;
// arrow keys and Enter move between fields.
for (const list of document.querySelectorAll("[data-quick]")) {
  const fields = [...list.querySelectorAll("input:not([type=hidden])")];
  const go = (from, steps) => {
    const next = fields[fields.indexOf(from) + steps];
    if (next) { next.focus(); next.select(); }
  };
  list.addEventListener("input", (event) => {
    const field = event.target;
    const takes = field.dataset.takes || "";
    if (takes && field.value.length === 1 && takes.includes(field.value)) go(field, 1);
  });
  list.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1, Enter: 1 }[event.key];
    if (!steps || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && fields.indexOf(event.target) === fields.length - 1) return;
    event.preventDefault();
    go(event.target, steps);
  });
}
