// Drafts: a form with data-autosave="address" is posted there while it is written. Without script nothing is lost
// that was sent with the button; with it, closing the page by mistake costs seconds of work, not a session's notes.
{
  const words = document.querySelector('meta[name="fairway-words"]')?.dataset ?? {};
  const QUIET_MS = 1200;
  const RETRY_MS = 15000;

  for (const form of document.querySelectorAll("form[data-autosave]")) {
    const state = form.querySelector("[data-autosave-state]") ?? document.querySelector("[data-autosave-state]");
    let timer = 0;
    let dirty = false;
    let sending = false;
    let stopped = false;

    const say = (text, failed) => {
      if (!state) return;
      state.textContent = text ?? "";
      state.classList.toggle("failed", failed === true);
    };

    const body = () => {
      const data = new URLSearchParams();
      for (const [name, value] of new FormData(form)) {
        if (typeof value === "string") data.append(name, value);
      }
      return data;
    };

    const send = async () => {
      if (sending || stopped) return;
      sending = true;
      dirty = false;
      say(words.saving);
      try {
        const answer = await fetch(form.dataset.autosave, {
          method: "POST", body: body(), credentials: "same-origin", redirect: "error",
        });
        if (!answer.ok) throw new Error(String(answer.status));
        const time = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
        say((words.saved ?? "").replace("%TIME%", time.format(new Date())));
      } catch {
        dirty = true;
        say(words.failed, true);
        wait(RETRY_MS);
      } finally {
        sending = false;
        if (dirty && !timer) wait(QUIET_MS);
      }
    };

    const wait = (ms) => {
      clearTimeout(timer);
      timer = setTimeout(() => { timer = 0; if (dirty) send(); }, ms);
    };

    form.addEventListener("input", () => { dirty = true; wait(QUIET_MS); });
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      stopped = true;
      clearTimeout(timer);
    });
    window.addEventListener("beforeunload", (event) => { if (dirty && !stopped) event.preventDefault(); });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && dirty && !stopped) {
        navigator.sendBeacon?.(form.dataset.autosave, body());
      }
    });
  }
}
