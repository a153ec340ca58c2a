// Shows a page anew when the server says that it has changed. A browser opens few connections to one
// server, so that a page out of sight keeps none.
(() => {
  "use strict";

  const { state } = document.currentScript.dataset;
  let events = null;

  const listen = () => {
    const address = new URLSearchParams({ at: location.pathname + location.search });
    events = new EventSource(`/-/events?${address}`);
    events.addEventListener("message", (event) => {
      if (event.data !== state) location.reload();
    });
  };

  const follow = () => {
    events?.close();
    events = null;
    if (document.visibilityState === "visible") listen();
  };

  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", () => events?.close());
  follow();
})();
