/* Make the drawn map one that can be moved and zoomed. Without this script the drawing stays, with its links. */
const box = document.querySelector("[data-map]");

const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

async function draw() {
  const answer = await fetch(box.dataset.map);
  const { boundaries, points } = await answer.json();
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  box.replaceChildren();
  const map = window.L.map(box, { scrollWheelZoom: false, zoomSnap: 0.25, zoomAnimation: !still, fadeAnimation: !still, attributionControl: false });
  const areas = window.L.geoJSON(boundaries, {
    style: { color: style("--edge"), weight: 1.5, fillColor: style("--card"), fillOpacity: 1 },
    interactive: false,
  });
  map.fitBounds(areas.getBounds(), { padding: [12, 12], animate: false });
  areas.addTo(map);
  for (const point of points) {
    const link = document.createElement("a");
    link.href = point.url;
    link.textContent = point.name;
    window.L.circleMarker([point.lat, point.lon], {
      radius: 9, color: style("--card"), weight: 2, fillColor: style("--petrol"), fillOpacity: 1,
    }).bindPopup(link).addTo(map);
  }
}

if (box && window.L && window.matchMedia("(min-width: 56em)").matches) {
  const drawing = [...box.childNodes];
  draw().catch(() => box.replaceChildren(...drawing));
}
