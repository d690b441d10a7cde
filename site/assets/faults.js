// After a form came back with faults: put the reader at the summary, and name the field in each of its links.
{
  const box = document.getElementById("faults");
  if (box) {
    for (const link of box.querySelectorAll("a:not([data-named])")) {
      const control = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      const group = control?.closest("fieldset.field")?.querySelector("legend");
      const label = group ?? control?.labels?.[0];
      const words = [...(label?.childNodes ?? [])].filter((n) => n.nodeType === Node.TEXT_NODE).map((n) => n.textContent).join("").trim();
      if (words) link.textContent = `${words}: ${link.textContent}`;
    }
    box.focus();
  }
}
