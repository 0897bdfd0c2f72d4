// What the drawings of worlds share: elements, marks, words. Every text is set as text, never as markup.

const OUTSIDE = 3; // standings from here on are outside the party
const CIRCLE = "M-1,0a1,1 0 1,0 2,0a1,1 0 1,0 -2,0z";
const SHAPES = [
  CIRCLE, // with a ring around it
  CIRCLE,
  "M-.88,-.88h1.76v1.76h-1.76z",
  "M0,-1.15L1.15,0L0,1.15L-1.15,0z",
  "M0,-1.1L1.1,.85H-1.1z",
  "M-1,-1L1,1M1,-1L-1,1",
];
const STATES = { ruling: "rules", open: "in open opposition", quiet: "outside, quiet", gone: "no influence left" };
const DOCUMENTED = {
  ruling: "rules",
  open: "in open opposition",
  quiet: "outside, quiet",
  outside: "outside",
  hushed: "quiet",
  contradictory: "the sources contradict each other",
};
/** The states of a world that agree with what is documented. */
const AGREEING = {
  ruling: ["ruling"],
  open: ["open"],
  quiet: ["quiet"],
  outside: ["quiet", "open", "gone"],
  hushed: ["quiet", "ruling", "gone"],
};

/** An element with properties or attributes, custom properties of its style, and children; "" and null are left out. */
function el(tag, props = {}, ...children) {
  const { style, ...rest } = props;
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(rest)) {
    if (name in made) made[name] = value;
    else made.setAttribute(name, value);
  }
  for (const [name, value] of Object.entries(style || {})) made.style.setProperty(name, value);
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

function svg(tag, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function percent(share) {
  if (share > 0 && share < 0.005) return "under 1%";
  if (share >= 0.995 && share < 1) return "over 99%";
  return Math.round(100 * share) + "%";
}

const oneDigit = (share) => (100 * share).toFixed(1) + "%";
const counted = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
const listed = (words) => (words.length < 2 ? words.join("") : words.slice(0, -1).join(", ") + " and " + words.at(-1));

/** A leader's mark: its form says where he stands; hollow is outside the party, pale is ill or away. */
function mark(standing, colour, size, away) {
  const hollow = standing >= OUTSIDE;
  const form = svg("path", { d: SHAPES[standing], fill: hollow ? "none" : colour, stroke: colour });
  form.setAttribute("stroke-width", hollow ? 0.28 : 0);
  if (away) form.setAttribute("fill-opacity", 0.25);
  const ring = svg("circle", { r: 1.3, fill: "none", stroke: colour, "stroke-width": 0.16 });
  const made = svg("svg", { viewBox: "-1.5 -1.5 3 3", "aria-hidden": "true" }, form, ...(standing === 0 ? [ring] : []));
  made.style.setProperty("--size", 1.5 * size + "px");
  return made;
}

/** Where a bloc stands in a frame: one of `STATES`. */
function stateOf(frame, bloc) {
  if (frame.alliance[bloc] < 0) return "gone";
  if (frame.alliance[bloc] === frame.ruling) return "ruling";
  return frame.open[bloc] ? "open" : "quiet";
}

/** Where the record puts a bloc at a meeting; "" where it is silent. */
function placeOf(record, meeting, bloc) {
  const found = record.places.find(([m, b]) => m === meeting && b === bloc);
  return found ? found[2] : "";
}
