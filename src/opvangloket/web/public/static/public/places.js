/* Suggest places while somebody types. Without this script the field works the same: every place can be typed. */
for (const field of document.querySelectorAll("input[data-suggest]")) {
  let waiting = 0;
  let running = null;
  field.addEventListener("input", () => {
    window.clearTimeout(waiting);
    if (field.value.trim().length < 2) return;
    waiting = window.setTimeout(async () => {
      running?.abort();
      running = new AbortController();
      const address = `${field.dataset.suggest}?plaats=${encodeURIComponent(field.value)}`;
      try {
        const answer = await fetch(address, { signal: running.signal });
        const { places } = await answer.json();
        field.list.replaceChildren(...places.map((place) => new Option(place, place)));
      } catch (error) {
        if (error.name !== "AbortError") field.list.replaceChildren();
      }
    }, 180);
  });
}
