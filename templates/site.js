// What makes reading easier where there is a script; without it nothing is missing from the pages.
// Words come in the reader's language with the script's own element; nothing is fetched from elsewhere.
"use strict";

(() => {
  const script = document.currentScript;
  const words = JSON.parse(script.dataset.words);
  const root = script.src.slice(0, script.src.lastIndexOf("/") + 1);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };

  const button = (text, act, attributes = {}) => {
    const element = make("button", { type: "button", ...attributes }, text);
    element.addEventListener("click", act);
    return element;
  };

  // Copying: the clipboard where it may be used, else the old way, which works from the disk everywhere

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = make("textarea", { class: "unseen", "aria-hidden": "true" });
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  };

  const status = make("p", { class: "unseen", role: "status" });

  const told = (element) => {
    const before = element.textContent;
    element.textContent = status.textContent = words.copied;
    setTimeout(() => {
      element.textContent = before;
      status.textContent = "";
    }, 1500);
  };

  const copier = (text, label) => {
    const element = button(label, async () => {
      await copy(text);
      told(element);
    });
    return element;
  };

  const download = (name, text) => {
    const link = make("a", { download: name, href: URL.createObjectURL(new Blob([text], { type: "text/plain" })) });
    link.click();
    URL.revokeObjectURL(link.href);
  };

  const addCodeButtons = () => {
    for (const pre of document.querySelectorAll("pre")) {
      const text = pre.textContent.trimEnd() + "\n";
      const bar = make("div", { class: "tools" }, copier(text, words.copy));
      if (pre.dataset.file) bar.append(button(words.download, () => download(pre.dataset.file, text)));
      const box = make("div", { class: "code" });
      pre.replaceWith(box);
      box.append(pre, bar);
    }
    document.body.append(status);
  };

  // A link beside each heading and errno: it leads there, and now it can be copied, too

  const addLinkButtons = () => {
    for (const link of document.querySelectorAll("a.permalink")) {
      const name = `${words.link}: ${link.textContent.trim()}`;
      const element = button("#", async () => {
        await copy(link.href);
        history.replaceState(null, "", link.hash);
        element.classList.add("done");
        status.textContent = words.copied;
        setTimeout(() => {
          element.classList.remove("done");
          status.textContent = "";
        }, 1500);
      }, { class: "link", title: words.link, "aria-label": name });
      link.after(element);
    }
  };

  // The table of contents follows the reading

  const followContents = () => {
    const links = [...document.querySelectorAll(".beside a")];
    const places = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    if (!links.length) return;
    let current = null;
    const mark = () => {
      const line = innerHeight / 4;
      let found = places.findLastIndex((place) => place && place.getBoundingClientRect().top <= line);
      if (innerHeight + scrollY >= document.documentElement.scrollHeight - 2) {
        const last = places.findLastIndex((place) => place && place.getBoundingClientRect().top < innerHeight);
        found = Math.max(found, last);
      }
      const next = links[Math.max(found, 0)];
      if (next === current) return;
      current?.removeAttribute("aria-current");
      next.setAttribute("aria-current", "location");
      current = next;
      const list = document.querySelector(".beside");
      const [box, inside] = [next.getBoundingClientRect(), list.getBoundingClientRect()];
      if (box.top < inside.top || box.bottom > inside.bottom) list.scrollTop += box.top - inside.top - inside.height / 2;
    };
    let waiting = false;
    addEventListener("scroll", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        mark();
      });
    }, { passive: true });
    mark();
  };

  // A filter: of the errnos of a page, or of any list of sections

  const groupsOf = (list) => {
    const groups = [];
    for (const child of list.children) {
      const previous = groups.at(-1);
      if (child.tagName === "DT" && (!previous || previous.at(-1).tagName === "DD")) groups.push([child]);
      else previous?.push(child);
    }
    return groups;
  };

  const addFilter = (place, groups, label) => {
    if (groups.length < 4) return;
    const input = make("input", { type: "search", id: `filter-${place.id || "list"}`, autocomplete: "off", spellcheck: "false" });
    const count = make("output", { for: input.id });
    const plain = groups.map((group) => group.map((element) => `${element.id} ${element.textContent}`).join(" ").toLowerCase());
    const apply = () => {
      const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      groups.forEach((group, number) => {
        const fits = wanted.every((word) => plain[number].includes(word));
        for (const element of group) element.hidden = !fits;
        shown += fits;
      });
      for (const section of new Set(groups.map(([first]) => first.closest("section.Ss")))) {
        if (section) section.hidden = groups.every(([first]) => first.hidden || !section.contains(first));
      }
      count.textContent = wanted.length ? fill(words.shown, { shown, total: groups.length }) : "";
    };
    input.addEventListener("input", apply);
    input.addEventListener("keydown", (event) => {
      const first = groups.find((group) => !group[0].hidden)?.[0];
      if (event.key === "Enter" && first) {
        const anchor = first.id ? first : first.querySelector("[id]");
        if (anchor) location.hash = anchor.id;
        first.querySelector("a")?.focus();
      } else if (event.key === "Escape" && input.value) {
        input.value = "";
        apply();
        event.preventDefault();
      }
    });
    place.before(make("div", { class: "filter", role: "search" }, make("label", { for: input.id }, label), input, count));
  };

  const addFilters = () => {
    const errors = [...document.querySelectorAll("dl.errors")];
    const rare = [...document.querySelectorAll("section.Ss > ul.causes > li")].map((item) => [item]);
    const groups = [...errors.flatMap(groupsOf), ...rare];
    if (errors.length) addFilter(errors[0].closest("section.Ss") ?? errors[0], groups, words.filter_errors);
    const lists = [...document.querySelectorAll(".filterable")];
    const sections = lists.flatMap((list) => [...list.children]).map((child) => [child]);
    if (lists.length) addFilter(lists[0].closest("section.Ss") ?? lists[0], sections, words.filter);
  };

  // A row that an address leads to may lie in something that is closed

  const openTarget = () => {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let around = place; around; around = around.parentElement) if (around.tagName === "DETAILS") around.open = true;
  };

  // The search is loaded when it is first wanted

  const addSearch = () => {
    let loading = null;
    const load = () => (loading ??= new Promise((done) => {
      window.manproofSite = { root, words, make, fill, locale: words.locale };
      const element = make("script", { src: `${root}search.js` });
      element.addEventListener("load", done);
      document.head.append(element);
    }));
    const open = () => load().then(() => window.manproofSite.open());
    const opener = button(words.search, open, { class: "opener", "aria-keyshortcuts": "/ Control+K", "aria-haspopup": "dialog" });
    opener.append(make("kbd", { "aria-hidden": "true" }, "/"));
    document.querySelector(".head .places").after(opener);
    addEventListener("keydown", (event) => {
      const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
      const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
      const control = event.code === "KeyK" && (event.ctrlKey || event.metaKey);
      if (slash || control) {
        event.preventDefault();
        open();
      }
    });
  };

  addSearch();
  addLinkButtons();
  addCodeButtons();
  addFilters();
  followContents();
  openTarget();
  addEventListener("hashchange", openTarget);
})();
