"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // Light and dark: what the system says until the button is used.
  const root = document.documentElement;
  const stored = () => { try { return localStorage.getItem("isa-analysis-theme"); } catch { return null; } };
  const known = stored();
  if (known === "dark" || known === "light") root.dataset.theme = known;
  document.getElementById("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("isa-analysis-theme", root.dataset.theme); } catch { /* not kept */ }
  });

  // Sorting: numbers as numbers, "-" and empty cells always last.
  const number = (text) => {
    const clean = text.replace(/[,%~\s]/g, "");
    return clean === "" || clean === "-" ? NaN : Number(clean);
  };
  const sort = (table, index, ascending) => {
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => [row.cells[index].textContent, row]);
    const numeric = !table.tHead.rows[0].cells[index].classList.contains("t");
    const sign = ascending ? 1 : -1;
    rows.sort(([a], [b]) => {
      if (!numeric) return sign * a.localeCompare(b, "en", { numeric: true });
      const x = number(a), y = number(b);
      if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) - Number.isNaN(y);
      return sign * (x - y);
    });
    body.append(...rows.map(([, row]) => row));
  };
  for (const table of all("table.sortable")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, index) => head.firstElementChild.addEventListener("click", () => {
      const text = head.classList.contains("t");
      const now = head.getAttribute("aria-sort");
      const ascending = now ? now === "descending" : text;
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
      sort(table, index, ascending);
    }));
  }

  // Filtering: rows that hold all the words.
  for (const input of all("input[data-filter]")) {
    const body = document.getElementById(input.dataset.filter).querySelector("tbody");
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const row of body.rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
      }
    });
  }

  // A link into a folded part opens it; so does printing.
  const reveal = () => {
    let at = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const target = at;
    for (; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    if (target) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  if (location.hash) reveal();
  addEventListener("beforeprint", () => all("details").forEach((part) => { part.open = true; }));

  // Icicle: a part that is chosen takes the whole width; choosing it again leads back out.
  for (const chart of all("svg.icicle")) {
    const parts = all("svg.n", chart).map((element) => ({
      element, x: Number(element.dataset.x), w: Number(element.dataset.w),
    }));
    let shown = parts[0];
    const zoom = (part) => {
      shown = part === shown ? parts[0] : part;
      for (const p of parts) {
        p.element.setAttribute("x", `${100 * (p.x - shown.x) / shown.w}%`);
        p.element.setAttribute("width", `${100 * p.w / shown.w}%`);
      }
    };
    for (const part of parts) {
      part.element.addEventListener("click", () => zoom(part));
      part.element.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") { event.preventDefault(); zoom(part); }
      });
    }
  }
})();
