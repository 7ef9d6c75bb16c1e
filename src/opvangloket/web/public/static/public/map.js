/* Make the drawn map one that can be moved and zoomed. Without this script the drawing stays, with its links. */
const box = document.querySelector("[data-map]");

const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/* The number of each location that the list shows, by its address. */
function numbers() {
  const list = document.querySelector(".results");
  const links = list ? [...list.querySelectorAll(":scope > li")].map((row) => row.querySelector("a[href]")) : [];
  return new Map(links.map((link, place) => [link.getAttribute("href"), list.start + place]));
}

/* Locations on one point lie beside each other, and each of them names them all: none hides another. */
function groups(points) {
  const found = new Map();
  for (const point of points) {
    const place = `${point.lat} ${point.lon}`;
    found.set(place, [...(found.get(place) ?? []), point]);
  }
  return [...found.values()];
}

function links(group) {
  const list = document.createElement("ul");
  list.className = "map-links";
  for (const point of group) {
    const link = document.createElement("a");
    link.href = point.url;
    link.textContent = point.name;
    const row = document.createElement("li");
    row.append(link);
    list.append(row);
  }
  return list;
}

function marker(point, number, aside) {
  if (!number) {
    return window.L.circleMarker([point.lat, point.lon], {
      radius: 6, color: style("--card"), weight: 2, fillColor: style("--petrol"), fillOpacity: 1,
    });
  }
  const icon = window.L.divIcon({ className: "map-pin", html: String(number), iconSize: [28, 28], iconAnchor: [14 - aside, 14] });
  return window.L.marker([point.lat, point.lon], { icon, keyboard: false, zIndexOffset: 1000 - number });
}

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
  const pins = window.L.layerGroup().addTo(map);
  const put = () => {
    const shown = numbers();
    pins.clearLayers();
    for (const group of groups(points)) {
      const first = (1 - group.length) * 15;
      group.forEach((point, place) => {
        marker(point, shown.get(point.url), first + place * 30).bindPopup(links(group)).addTo(pins);
      });
    }
  };
  put();
  document.body.addEventListener("htmx:afterSwap", put);
}

if (box && window.L && window.matchMedia("(min-width: 56em)").matches) {
  const drawing = [...box.childNodes];
  draw().catch(() => box.replaceChildren(...drawing));
}
