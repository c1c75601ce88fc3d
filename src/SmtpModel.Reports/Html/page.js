"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const groups = all(".clause-group");
  const openAtFirst = new Map(groups.map(group => [group, group.open]));
  const filters = document.querySelector(".filters");
  const rows = all(".cases tbody tr");

  function checked(name) {
    return all(`input[name=${name}]:checked`, filters).map(input => input.value);
  }

  function filter() {
    const verdicts = checked("verdict");
    const levels = checked("level");
    const section = filters.elements.section.value;
    const words = filters.elements.text.value.toLowerCase().split(/\s+/).filter(word => word);
    const differs = filters.elements.differs?.checked ?? false;
    const isActive = verdicts.length + levels.length + words.length > 0 || section !== "" || differs;
    let shown = 0;
    for (const group of groups) {
      const summary = group.querySelector("summary").textContent.toLowerCase();
      let some = false;
      for (const row of all("tbody tr", group)) {
        const text = row.textContent.toLowerCase();
        const isShown = (verdicts.length === 0 || row.dataset.verdicts.split(" ").some(verdict => verdicts.includes(verdict)))
          && (levels.length === 0 || levels.includes(row.dataset.level))
          && (section === "" || group.dataset.section === section)
          && (!differs || row.dataset.differs === "1")
          && words.every(word => text.includes(word) || summary.includes(word));
        row.hidden = !isShown;
        some ||= isShown;
        shown += isShown ? 1 : 0;
      }
      group.hidden = !some;
      group.open = isActive ? some : openAtFirst.get(group);
    }
    filters.querySelector("output").value = isActive ? `${shown} of ${rows.length} cases` : `${rows.length} cases`;
  }

  filters.hidden = false;
  filters.addEventListener("input", filter);
  filters.addEventListener("submit", event => event.preventDefault());
  filters.addEventListener("reset", () => setTimeout(filter));
  filter();

  // a case or a cell opens in place; without this script it is a link to the same evidence further down
  const dialog = document.getElementById("shown");
  const content = document.getElementById("shown-content");
  document.addEventListener("click", event => {
    const link = event.target.closest?.("a.case, a.cell");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    const ids = link.dataset.cases?.split(" ") ?? [link.hash.slice(1)];
    content.replaceChildren(...ids.map(id => {
      const copy = document.getElementById(id).cloneNode(true);
      copy.removeAttribute("id");
      for (const command of all(".command", copy)) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = "Copy";
        button.addEventListener("click", () => navigator.clipboard?.writeText(command.textContent)
          .then(() => { button.textContent = "Copied"; }, () => getSelection().selectAllChildren(command)));
        command.before(button);
      }
      return copy;
    }));
    dialog.showModal();
    dialog.scrollTop = 0;
  });
  dialog.addEventListener("click", event => {
    if (event.target === dialog) {
      dialog.close();
    }
  });

  // on paper there is nothing to click: what failed is shown whole
  addEventListener("beforeprint", () => {
    for (const store of all("details")) {
      store.open = true;
    }
    for (const article of all(".store article.evidence")) {
      article.hidden = !article.querySelector("h3 .v-fail, h3 .v-known, h3 .v-nonstrict");
    }
  });
  addEventListener("afterprint", () => {
    for (const article of all(".store article.evidence")) {
      article.hidden = false;
    }
    for (const store of all(".store")) {
      store.open = false;
    }
    filter();
  });
})();
