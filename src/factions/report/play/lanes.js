// Lanes over all meetings, one for each bloc: what is documented, the world that is shown, and the shares of all worlds.

const HEIGHT = { record: 9, world: 12, all: 18 };
const ORDER = ["ruling", "quiet", "open"]; // in a lane, from the bottom to the top

let drawn = 0; // patterns have names that no other drawing on the page has

class Lanes {
  /** `go(meeting)` is called when somebody clicks on a meeting. */
  constructor(data, go) {
    Object.assign(this, { data, go, pair: data.sides.length > 1, meetings: data.meetings.length });
    this.hatch = `play-hatch-${drawn++}`;
    const alive = (b) => data.sides.some((side) => side.states.gone.some((row) => row[b] < 1));
    this.rows = data.blocs.map((_, b) => b).filter(alive).map((b) => this.lane(b));
    const worlds = counted(data.sides[0].worlds, this.pair ? "pair" : "world");
    this.box = el("div", { className: "play-lanes" },
      el("h4", {}, `Every meeting: documented, this ${this.pair ? "pair" : "world"}, and all ${worlds}`),
      this.key(), this.patterns(), ...this.rows.map((row) => row.box), this.years());
  }

  fill(state, bloc) {
    const { colour } = this.data.blocs[bloc];
    if (state === "open") return { fill: `url(#${this.hatch}-${bloc})` };
    return { fill: colour, "fill-opacity": state === "ruling" ? 1 : 0.25 };
  }

  strip(height, cells) {
    const made = svg("svg", { viewBox: `0 0 ${this.meetings} ${height}`, preserveAspectRatio: "none", class: "play-strip" }, ...cells);
    made.setAttribute("aria-hidden", "true");
    made.style.height = height + "px";
    made.addEventListener("click", (event) => {
      const box = made.getBoundingClientRect();
      this.go(Math.floor(((event.clientX - box.left) / box.width) * this.meetings));
    });
    return made;
  }

  lane(b) {
    const { data, pair } = this;
    const own = data.sides.map(() => this.strip(HEIGHT.world, []));
    const all = data.sides.map((side) => this.strip(HEIGHT.all, this.stacked(side, b)));
    const sides = ["without", "with"];
    const lines = [
      ["documented", this.strip(HEIGHT.record, this.documented(b))],
      ...own.map((made, s) => [pair ? sides[s] : "this world", made]),
      ...all.map((made, s) => [pair ? sides[s] + ", all" : "all worlds", made]),
    ];
    const numbers = el("small", { className: "play-numbers" });
    const box = el("div", { className: "play-lane", role: "group", style: { "--ink": data.blocs[b].ink } },
      el("b", {}, data.blocs[b].name), numbers, ...lines.flatMap(([words, made]) => [el("span", {}, words), made]));
    return { bloc: b, box, own, numbers, strips: lines.map(([, made]) => made) };
  }

  /** What the record says of a bloc: full where it dates it, a thin line where it names no single meeting. */
  documented(b) {
    const { spans, places } = this.data.record;
    const vague = spans.filter(([bloc]) => bloc === b).map(([, state, first, last]) =>
      svg("rect", { x: first, width: last - first + 1, y: 3.5, height: 2, ...this.fill(state, b) }));
    const dated = places.filter(([, bloc]) => bloc === b).map(([m, , state]) =>
      svg("rect", { x: m, width: 1, y: 0, height: HEIGHT.record, ...this.fill(state, b) }));
    return [...vague, ...dated];
  }

  stacked(side, b) {
    return this.data.meetings.flatMap((_, m) => {
      let top = HEIGHT.all;
      return ORDER.map((state) => {
        const height = HEIGHT.all * side.states[state][m][b];
        top -= height;
        return svg("rect", { x: m, width: 1, y: top, height, ...this.fill(state, b) });
      });
    });
  }

  key() {
    const sample = (state, words) => {
      const paint = state === "open" ? { fill: `url(#${this.hatch}-key)` } : { fill: "#555555", "fill-opacity": state === "ruling" ? 1 : 0.25 };
      const made = svg("svg", { viewBox: "0 0 1 1", width: 22, height: 11, preserveAspectRatio: "none", "aria-hidden": "true" });
      made.append(svg("rect", { width: 1, height: 1, ...paint }));
      return el("span", {}, made, " " + words);
    };
    return el("p", { className: "play-key" }, sample("ruling", "rules"), sample("quiet", "outside, quiet"),
      sample("open", "open opposition"), el("span", {}, "empty: the record is silent, or no influence is left"),
      el("span", {}, "height: share of all worlds"));
  }

  patterns() {
    const hatch = (id, colour, width) => svg("pattern", { id, width, height: 100, patternUnits: "userSpaceOnUse" },
      svg("rect", { width, height: 100, fill: "#ffffff" }), svg("rect", { width: 0.6 * width, height: 100, fill: colour }));
    const all = this.data.blocs.map((bloc, b) => hatch(`${this.hatch}-${b}`, bloc.colour, 0.34));
    const box = svg("svg", { width: 0, height: 0, class: "play-defs", "aria-hidden": "true" });
    box.append(svg("defs", {}, hatch(`${this.hatch}-key`, "#555555", 0.22), ...all));
    return box;
  }

  years() {
    const { meetings } = this.data;
    const first = meetings.map((each, m) => [each.year, m]).filter(([year, m]) => m === 0 || year !== meetings[m - 1].year);
    const far = first.filter(([, m], k) => k === first.length - 1 || first[k + 1][1] - m > 1);
    const place = (m) => ({ left: (100 * m) / this.meetings + "%" });
    return el("div", { className: "play-lane play-years" }, el("span", {}),
      el("div", { className: "play-axis", "aria-hidden": "true" }, ...far.map(([year, m]) => el("span", { style: place(m) }, String(year)))));
  }

  render(told, meeting) {
    this.rows.forEach((row) => this.renderRow(row, told, meeting));
  }

  renderRow({ bloc, box, own, numbers, strips }, told, meeting) {
    const { data } = this;
    own.forEach((strip, s) => strip.replaceChildren(...told.frames[s].map((frame, m) => {
      const state = stateOf(frame, bloc);
      return svg("rect", { x: m, width: 1, height: HEIGHT.world, ...(state === "gone" ? { fill: "none" } : this.fill(state, bloc)) });
    })));
    for (const strip of strips) {
      strip.querySelector(".play-cursor")?.remove();
      strip.append(svg("rect", { class: "play-cursor", x: meeting, width: 1, y: 0, height: HEIGHT.all }));
    }
    const shares = data.sides.map((side) => this.shares(side, meeting, bloc));
    numbers.textContent = this.pair ? `without: ${shares[0]}; with: ${shares[1]}` : shares[0];
    const place = placeOf(data.record, meeting, bloc);
    const here = data.sides.map((side, s) => `${side.name || "This world"}: ${STATES[stateOf(told.frames[s][meeting], bloc)]}.`);
    const said = place ? DOCUMENTED[place] : "nothing";
    box.setAttribute("aria-label", `${data.blocs[bloc].name}. Documented: ${said}. ${here.join(" ")} All worlds: ${numbers.textContent}.`);
  }

  shares(side, meeting, bloc) {
    const found = ORDER.map((state) => [side.states[state][meeting][bloc], STATES[state]]).filter(([share]) => share >= 0.005);
    return found.map(([share, words]) => `${percent(share)} ${words}`).join(", ") || STATES.gone;
  }
}
