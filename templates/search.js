// The search: words of all pages in the reader's language, loaded as scripts so that it works from the disk.
// A page hands over its rows and the forms of their words, which were found when the site was built:
// a word is looked up by its stem, whatever its ending, and what is still being typed by its beginning.
"use strict";

(() => {
  const { root, words, make, fill, locale } = window.manproofSite;
  const MOST = 40;
  const order = new Map(); // address of a page -> its place among all
  const rows = []; // { href, title, name, text, words: Map(stem -> weight) }
  const stems = new Map(); // word -> stem
  const loose = new Map(); // word -> a stem that it has if other words have it
  const roots = new Set();
  const endings = new Set([""]);
  let waiting = 0;

  const split = (text) => text.toLowerCase().replaceAll("ё", "е").match(/[\p{L}\p{N}_]+/gu) ?? [];
  const stemOf = (word) => (roots.has(loose.get(word)) ? loose.get(word) : stems.get(word) ?? word);

  // What pages hand over

  window.manproofSearch = ([address, title, found, forms]) => {
    for (const [stem, list] of Object.entries(forms)) {
      const own = list.split(" ");
      if (!own.every((ending) => ending.startsWith("~"))) roots.add(stem);
      for (const ending of own) {
        if (ending.startsWith("~")) loose.set(ending.slice(1), stem);
        else if (ending.startsWith("=")) stems.set(ending.slice(1), stem);
        else {
          stems.set(stem + ending, stem);
          endings.add(ending);
        }
      }
    }
    const folder = address.slice(0, address.lastIndexOf("/") + 1);
    for (const [anchor, name, text] of found) {
      const place = anchor.includes("#") ? folder + anchor : `${address}#${anchor}`;
      // of what fits alike, the edition that is being read comes first
      const near = location.href.startsWith(root + folder) && folder !== "";
      rows.push({ href: root + place, title, name, text, near, page: order.get(address), bag: null });
    }
  };

  const bagOf = (row) => {
    if (row.bag) return row.bag;
    row.bag = new Map();
    const add = (text, weight) => {
      for (const word of split(text)) {
        const stem = stemOf(word);
        row.bag.set(stem, Math.max(row.bag.get(stem) ?? 0, weight));
      }
    };
    add(row.text, 1);
    add(row.title, 2);
    // a name is what one looks for; a title of many words says no more than a text does
    add(row.name, split(row.name).length <= 3 ? 5 : 1);
    return row.bag;
  };

  const loadScript = (path) => {
    waiting += 1;
    const element = make("script", { src: root + path });
    const done = () => {
      waiting -= 1;
      if (waiting === 0) show();
    };
    element.addEventListener("load", done);
    element.addEventListener("error", done);
    document.head.append(element);
  };

  window.manproofSearchIn = (paths) => {
    for (const path of paths) {
      order.set(path.replace(/search\.js$/, "html"), order.size);
      loadScript(path);
    }
  };

  // Looking

  // The stem of a word that no page has: the longest that it begins with, with an ending that other words have,
  // else with a few letters more
  const known = (word) => {
    if (stems.has(word) || loose.has(word)) return stemOf(word);
    const cuts = [1, 2, 3, 4, 5].filter((length) => word.length - length >= 3).map((length) => word.length - length);
    const starts = cuts.filter((end) => roots.has(word.slice(0, end)));
    const end = starts.find((start) => endings.has(word.slice(start))) ?? starts.find((start) => start >= 4 && word.length - start <= 4);
    return end ? word.slice(0, end) : word;
  };

  const scoreOf = (bag, stem, typed) => {
    const exact = bag.get(stem);
    if (exact) return exact * 2;
    let best = 0;
    for (const [other, weight] of bag) if (other.startsWith(typed)) best = Math.max(best, weight);
    return best;
  };

  const look = (query) => {
    const wanted = split(query).map((word) => [known(word), word]);
    if (!wanted.length) return [];
    const found = [];
    for (const row of rows) {
      const bag = bagOf(row);
      let score = 0;
      for (const [stem, typed] of wanted) {
        const one = scoreOf(bag, stem, typed);
        if (!one) {
          score = 0;
          break;
        }
        score += one;
      }
      const named = split(row.name);
      if (score && named.length && named.every((word) => wanted.some(([stem]) => stemOf(word) === stem))) score += 20;
      if (score && row.near) score += 1;
      if (score) found.push([score, row]);
    }
    return found.sort((one, other) => other[0] - one[0] || one[1].page - other[1].page).map(([, row]) => row);
  };

  // Showing

  const input = make("input", {
    type: "search", id: "search-input", role: "combobox", autocomplete: "off", spellcheck: "false", enterkeyhint: "go",
    "aria-expanded": "false", "aria-controls": "search-results", "aria-autocomplete": "list", placeholder: words.prompt,
  });
  const list = make("ul", { id: "search-results", role: "listbox", "aria-label": words.results });
  const count = make("p", { role: "status", class: "quiet" });
  const close = make("button", { type: "button", class: "close", "aria-label": words.close }, "×");
  const label = make("label", { for: "search-input" }, words.search);
  const keys = make("p", { class: "keys quiet" }, words.keys);
  const dialog = make("dialog", { class: "search", "aria-label": words.search }, label, input, close, count, list, keys);
  document.body.append(dialog);
  let chosen = -1;

  const marked = (text, wanted) => {
    const part = make("span");
    let end = 0;
    for (const match of text.matchAll(/[\p{L}\p{N}_]+/gu)) {
      const [word] = split(match[0]);
      if (!wanted.some(([stem, typed]) => stemOf(word) === stem || word.startsWith(typed))) continue;
      part.append(text.slice(end, match.index), make("mark", {}, match[0]));
      end = match.index + match[0].length;
    }
    part.append(text.slice(end));
    return part;
  };

  const excerpt = (text, wanted) => {
    const at = [...text.matchAll(/[\p{L}\p{N}_]+/gu)].find((match) => {
      const [word] = split(match[0]);
      return wanted.some(([stem, typed]) => stemOf(word) === stem || word.startsWith(typed));
    })?.index ?? 0;
    const start = at > 90 ? text.lastIndexOf(" ", at - 50) + 1 : 0;
    const stop = text.length > start + 180 ? text.lastIndexOf(" ", start + 180) : text.length;
    return (start ? "… " : "") + text.slice(start, stop) + (stop < text.length ? " …" : "");
  };

  const go = (href) => {
    dialog.close();
    location.href = href;
  };

  const option = (row, number, wanted) => {
    const name = make("b", {}, marked(row.name || row.title, wanted));
    const place = make("small", {}, row.title);
    const item = make("li", { role: "option", id: `result-${number}`, "aria-selected": "false" }, name, place, marked(excerpt(row.text, wanted), wanted));
    item.dataset.href = row.href;
    item.addEventListener("click", () => go(row.href));
    return item;
  };

  const choose = (number) => {
    const options = [...list.children];
    options[chosen]?.setAttribute("aria-selected", "false");
    chosen = options.length ? (number + options.length) % options.length : -1;
    const option = options[chosen];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };

  function show() {
    count.textContent = waiting ? words.loading : "";
    if (waiting) return;
    const wanted = split(input.value).map((word) => [known(word), word]);
    const found = look(input.value);
    list.replaceChildren(...found.slice(0, MOST).map((row, number) => option(row, number, wanted)));
    input.setAttribute("aria-expanded", String(found.length > 0));
    const told = found.length ? fill(words.found, { count: found.length }) : words.nothing;
    count.textContent = wanted.length ? told : "";
    choose(0);
  }

  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Enter") list.children[chosen]?.click();
    else return;
    event.preventDefault();
  });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });

  window.manproofSite.open = () => {
    if (!dialog.open) dialog.showModal();
    input.focus();
    input.select();
  };
  loadScript(`search.${locale}.js`);
})();
