// Worlds meeting by meeting, from the data that `data.py` describes. `factionsPlay(root, data)` fills an element with
// them; pages of reports and the app use the same. Plain script, no library; nothing is loaded.

const PAUSE = 1800; // milliseconds that a meeting is shown when worlds are played
const UNLIKE = "differs between the two worlds";

class Play {
  constructor(root, data) {
    Object.assign(this, { root, data, meeting: data.start, world: 0, timer: null, leader: null });
    this.pair = data.sides.length > 1;
    this.build();
    this.render();
  }

  get last() { return this.data.meetings.length - 1; }
  get told() { return this.data.told[this.world]; }
  frame(side) { return this.told.frames[side][this.meeting]; }
  names(blocs) { return listed(blocs.map((b) => this.data.blocs[b].name)); }
  blocs(holds) { return this.data.blocs.map((_, b) => b).filter(holds); }
  leaders(holds) { return this.data.leaders.map((_, i) => i).filter(holds); }

  // building ------------------------------------------------------------------------------------------------------

  build() {
    const { data, pair } = this;
    this.chooser = el("select", { onchange: () => this.go(this.meeting, this.chooser.selectedIndex) },
      ...data.told.map((each) => el("option", {}, each.name)));
    this.why = el("span", { className: "play-why" });
    this.now = el("h3", { className: "play-now" });
    this.news = el("div", { className: "play-news", "aria-live": "polite" });
    this.sides = data.sides.map((side, s) => this.buildSide(side, s));
    this.card = el("aside", { className: "play-card", tabIndex: 0, "aria-label": "Who he is, and why it went so" });
    this.difference = el("div", { className: "play-differs" });
    this.story = el("section", { className: "play-story" });
    this.claims = el("section", { className: "play-claims" });
    this.lanes = new Lanes(data, (meeting) => this.go(meeting));
    this.root.classList.add("play");
    this.root.classList.toggle("play-pair", pair);
    this.root.replaceChildren(
      el("div", { className: "play-bar" }, el("label", {}, pair ? "Pair of worlds " : "World ", this.chooser), this.why),
      this.buildControls(), this.now, this.news, this.difference, this.key(),
      el("div", { className: "play-main" },
        el("div", { className: "play-sides" }, ...this.sides.map((side) => side.box)), this.card),
      el("div", { className: "play-below" }, this.story, this.claims),
      this.lanes.box,
    );
    const pressed = (event) => this.pressed(event, pressed);
    document.addEventListener("keydown", pressed);
  }

  buildControls() {
    const button = (words, act) => el("button", { type: "button", onclick: act }, words);
    this.player = button("Play", () => (this.timer ? this.stop() : this.start()));
    this.buttons = {
      first: button("First", () => this.go(0)),
      previous: button("Previous", () => this.go(this.meeting - 1)),
      next: button("Next", () => this.go(this.meeting + 1)),
      last: button("Last", () => this.go(this.last)),
    };
    this.slider = el("input", { type: "range", min: 0, max: this.last, step: 1, "aria-label": "Meeting" });
    this.slider.addEventListener("input", () => this.go(+this.slider.value));
    const { first, previous, next, last } = this.buttons;
    return el("div", { className: "play-controls", role: "group", "aria-label": "From meeting to meeting" },
      first, previous, this.player, next, last, this.slider);
  }

  buildSide(side, s) {
    const people = this.data.leaders.map((_, i) => {
      const show = () => this.show(i);
      return el("button", { type: "button", className: "play-leader", tabIndex: -1, onclick: show, onfocus: show, onmouseenter: show });
    });
    const [vote, stage] = [el("div", { className: "play-vote" }), el("div", { className: "play-stage" })];
    const box = el("section", { className: "play-side", "aria-label": side.name || "The party" },
      this.pair ? el("h4", {}, side.name) : "", vote, stage);
    return { people, vote, stage, box, s };
  }

  key() {
    const item = (words, standing) => el("span", {}, mark(standing, "#555555", 11), " " + words);
    return el("p", { className: "play-key" }, el("span", {}, "Size: influence"), ...this.data.standings.map(item),
      el("span", {}, el("b", { className: "play-badge" }, "struck"), " by a sanction at this meeting"),
      this.pair ? el("span", {}, el("b", { className: "play-unlike" }, "≠"), " " + UNLIKE) : "",
      el("span", { className: "play-hint" }, "Keys: ← → from meeting to meeting, ↑ ↓ from leader to leader"));
  }

  // moving --------------------------------------------------------------------------------------------------------

  go(meeting, world = this.world) {
    if (!this.lanes.box.isConnected) this.stop();
    this.meeting = Math.max(0, Math.min(this.last, meeting));
    this.world = world;
    this.render();
  }

  start() {
    if (this.meeting === this.last) this.go(0);
    this.timer = setInterval(() => (this.meeting < this.last ? this.go(this.meeting + 1) : this.stop()), PAUSE);
    this.player.textContent = "Pause";
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.player.textContent = "Play";
  }

  pressed(event, heard) {
    const { key, target } = event;
    if (!this.lanes.box.isConnected) document.removeEventListener("keydown", heard);
    if (!this.lanes.box.isConnected || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target !== document.body && !this.root.contains(target)) return;
    if (["INPUT", "SELECT", "TEXTAREA"].includes(target.tagName)) return;
    const down = key === "ArrowDown" || key === "ArrowRight";
    if (key === "ArrowRight" || key === "ArrowLeft") this.go(this.meeting + (down ? 1 : -1));
    else if ((key === "ArrowDown" || key === "ArrowUp") && target.classList.contains("play-leader")) this.step(target, down ? 1 : -1);
    else return;
    event.preventDefault();
  }

  step(from, by) {
    const all = [...from.closest(".play-stage").querySelectorAll(".play-leader")];
    all[(all.indexOf(from) + by + all.length) % all.length].focus();
  }

  // drawing -------------------------------------------------------------------------------------------------------

  render() {
    const { data, meeting, buttons } = this;
    const { name, day } = data.meetings[meeting];
    const focused = document.activeElement;
    this.chooser.selectedIndex = this.world;
    this.why.textContent = this.told.why;
    this.slider.value = meeting;
    this.slider.setAttribute("aria-valuetext", `${name}, ${day}`);
    buttons.first.disabled = buttons.previous.disabled = meeting === 0;
    buttons.next.disabled = buttons.last.disabled = meeting === this.last;
    this.now.replaceChildren(name + " ", el("small", {}, `${day} · meeting ${meeting + 1} of ${this.last + 1}`));
    this.news.replaceChildren(...data.sides.map((side, s) => el("p", {}, this.pair ? el("b", {}, side.name + ": ") : "", this.headline(s))));
    this.sides.forEach((side) => this.renderSide(side));
    if (this.root.contains(focused) && focused !== document.activeElement) focused.focus({ preventScroll: true });
    if (this.pair) this.renderDifference();
    this.renderStory();
    this.renderClaims();
    this.lanes.render(this.told, meeting);
    this.show(this.leader);
  }

  headline(s) {
    const frame = this.frame(s);
    const [ruling, open] = ["ruling", "open"].map((state) => this.blocs((b) => stateOf(frame, b) === state));
    const share = ruling.reduce((sum, b) => sum + frame.influence[b], 0) / this.data.fine;
    const rule = ruling.length ? `${this.names(ruling)} ${ruling.length > 1 ? "rule" : "rules"}, with ${percent(share)} of all influence.` : "Nobody rules.";
    const oppose = open.length ? ` In open opposition: ${this.names(open)}.` : " Nobody opposes openly.";
    const struck = frame.struck.map((i) => this.data.leaders[i].short);
    return rule + oppose + (struck.length ? ` Struck: ${listed(struck)}.` : "");
  }

  renderSide({ people, vote, stage, s }) {
    const frame = this.frame(s);
    const before = people.map((person) => (person.isConnected ? person.getBoundingClientRect() : null));
    const outside = [...new Set(frame.alliance)].filter((label) => label >= 0 && label !== frame.ruling);
    const gone = this.blocs((b) => stateOf(frame, b) === "gone" && this.members(frame, b).length);
    const lone = this.members(frame, -1);
    const area = (title, kind, children, none) => el("section", { className: "play-area play-" + kind, "aria-label": title },
      el("h5", {}, title), ...(children.length ? children : [el("p", { className: "play-none" }, none)]));
    const boxes = (labels) => labels.map((label) => this.alliance(frame, label, people, s));
    stage.replaceChildren(
      area("Ruling alliance", "in", frame.ruling >= 0 ? boxes([frame.ruling]) : [], "Nobody rules."),
      area("Outside it", "out", boxes(outside), "Nobody stands outside."),
      ...(gone.length ? [area("Blocs without influence", "rest", gone.map((b) => this.bloc(frame, b, people, s)))] : []),
      ...(lone.length ? [area("In no bloc", "rest", [this.crowd(frame, lone, people, "#777777")])] : []),
    );
    this.drawVote(vote, frame, s);
    if (this.leader === null) stage.querySelector(".play-leader").tabIndex = 0;
    this.glide(people, before);
  }

  /** The leaders of a bloc (-1: of none) who are alive. */
  members(frame, b) { return this.leaders((i) => frame.membership[i] === b && frame.activity[i] >= 0); }

  alliance(frame, label, people, s) {
    const blocs = this.blocs((b) => frame.alliance[b] === label);
    const made = blocs.map((b) => this.bloc(frame, b, people, s));
    if (blocs.length < 2) return made[0];
    return el("div", { className: "play-alliance", role: "group", "aria-label": "Allied: " + this.names(blocs) },
      label === frame.ruling ? "" : el("span", { className: "play-allied" }, "allied"), ...made);
  }

  bloc(frame, b, people, s) {
    const { name, colour, ink } = this.data.blocs[b];
    const state = stateOf(frame, b);
    const said = s === 0 ? placeOf(this.data.record, this.meeting, b) : "";
    const agrees = AGREEING[said] ? (AGREEING[said].includes(state) ? " ✓" : " ✗") : "";
    const unlike = this.pair && this.blocDiffers(b) ? el("b", { className: "play-unlike", title: UNLIKE }, "≠") : "";
    const made = el("div", { className: "play-bloc play-" + state, style: { "--bloc": colour, "--ink": ink } },
      el("div", { className: "play-head" }, el("b", {}, name), unlike, el("span", {}, percent(frame.influence[b] / this.data.fine)),
        state === "ruling" ? "" : el("span", { className: "play-word" }, STATES[state])),
      said ? el("div", { className: "play-said" }, `documented: ${DOCUMENTED[said]}${agrees}`) : "",
      this.crowd(frame, this.members(frame, b), people, colour));
    return made;
  }

  crowd(frame, leaders, people, colour) {
    const weight = (i) => frame.leader_influence[i];
    const order = [...leaders].sort((i, j) => weight(j) - weight(i) || frame.standing[i] - frame.standing[j]);
    return el("div", { className: "play-crowd" }, ...order.map((i) => this.dress(people[i], frame, i, colour)));
  }

  /** Gives a leader's button his mark, his name if there is reason to, and words for those who do not see it. */
  dress(person, frame, i, colour) {
    const { short } = this.data.leaders[i];
    const [standing, share] = [frame.standing[i], frame.leader_influence[i] / this.data.fine];
    const [struck, unlike] = [frame.struck.includes(i), this.pair && this.leaderDiffers(i)];
    const first = struck || unlike || standing === 0;
    const named = first || standing >= OUTSIDE || share >= 0.008;
    const size = Math.max(standing >= OUTSIDE ? 11 : 7, 175 * Math.sqrt(share));
    person.replaceChildren(mark(standing, colour, size, frame.activity[i] === 0),
      ...(named ? [el("span", { className: first ? "play-name" : "play-name play-minor" }, short)] : []),
      ...(struck ? [el("b", { className: "play-badge" }, "struck")] : []),
      ...(unlike ? [el("b", { className: "play-unlike" }, "≠")] : []));
    const words = [short, struck ? "struck" : "", unlike ? "≠" : "", ...this.facts(frame, i)];
    person.setAttribute("aria-label", words.filter(Boolean).join(", "));
    return person;
  }

  /** Where a leader stands, as short clauses. */
  facts(frame, i) {
    if (frame.activity[i] < 0) return ["dead"];
    const bloc = frame.membership[i];
    return [
      this.data.standings[frame.standing[i]],
      bloc < 0 ? "in no bloc" : this.data.blocs[bloc].name,
      bloc >= 0 && stateOf(frame, bloc) === "open" ? "in open opposition" : "",
      frame.activity[i] === 0 ? "ill or away" : "",
      frame.surrendered.includes(i) ? "has surrendered" : "",
      "influence " + percent(frame.leader_influence[i] / this.data.fine),
    ].filter(Boolean);
  }

  leaderDiffers(i) {
    const [one, two] = [this.frame(0), this.frame(1)];
    const changed = ["standing", "membership", "activity"].some((name) => one[name][i] !== two[name][i]);
    return changed || one.struck.includes(i) !== two.struck.includes(i);
  }

  blocDiffers(b) {
    const [one, two] = [this.frame(0), this.frame(1)];
    const allies = (frame) => frame.alliance.map((label) => label >= 0 && label === frame.alliance[b]).join();
    return stateOf(one, b) !== stateOf(two, b) || allies(one) !== allies(two);
  }

  glide(people, before) {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    people.forEach((person, i) => {
      if (!person.isConnected || !before[i] || !before[i].width) return;
      const after = person.getBoundingClientRect();
      const [x, y] = [before[i].left - after.left, before[i].top - after.top];
      const way = [{ transform: `translate(${x}px,${y}px)` }, { transform: "none" }];
      if (Math.abs(x) + Math.abs(y) > 2) person.animate(way, { duration: 500, easing: "ease-in-out" });
    });
  }

  drawVote(box, frame, s) {
    const [low, middle, high] = this.data.sides[s].votes[this.meeting];
    const share = frame.votes / this.data.fine;
    const bar = svg("svg", { viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true" },
      svg("rect", { width: 100, height: 6, fill: "#e3e6ea" }),
      svg("rect", { x: 100 * low, width: Math.max(0.4, 100 * (high - low)), height: 6, fill: "#aab5c0" }),
      svg("rect", { y: 1.5, width: 100 * share, height: 3, fill: "#1a1a1a" }),
      svg("rect", { x: 49.8, width: 0.4, height: 6, fill: "#5a5a5a" }));
    box.replaceChildren(el("b", {}, "Votes against the rulers: " + oneDigit(share)), bar,
      el("small", {}, `all worlds: ${oneDigit(middle)}, mostly ${oneDigit(low)} to ${oneDigit(high)} (grey); the line marks half`));
  }

  // who, and why --------------------------------------------------------------------------------------------------

  show(i) {
    this.leader = i;
    if (i === null) {
      const hint = "Point at a leader, or go to one with the Tab key, to see who he is and why it went so.";
      this.card.replaceChildren(el("p", { className: "play-none" }, hint));
      return;
    }
    for (const { people } of this.sides) {
      people.forEach((person, k) => {
        person.classList.toggle("play-chosen", k === i);
        person.tabIndex = k === i ? 0 : -1;
      });
    }
    const claims = this.claimsWhere((claim) => claim.leaders.includes(i) && claim.last === this.meeting); // not the future
    this.card.replaceChildren(el("h4", {}, this.data.leaders[i].name),
      ...this.data.sides.map((side, s) => this.biography(i, s, side.name)),
      ...(claims.length ? [el("h5", {}, "Documented"), this.claimList(claims)] : []));
  }

  biography(i, s, title) {
    const frame = this.frame(s);
    const bloc = frame.membership[i];
    const offices = this.data.offices.filter((_, o) => frame.holder[o] === i);
    const told = (about) => el("ul", {}, ...frame.acts.filter(about).map(([text]) => el("li", {}, this.data.texts[text])));
    const own = told(([, leaders]) => leaders.includes(i));
    const others = told(([, leaders, blocs]) => bloc >= 0 && blocs.includes(bloc) && !leaders.length);
    return el("div", {}, this.pair ? el("h5", {}, title) : "", el("p", {}, this.facts(frame, i).join(" · ")),
      offices.length ? el("p", {}, "Offices: " + offices.join(", ")) : "",
      own.children.length ? own : "",
      ...(others.children.length ? [el("p", { className: "play-sub" }, "His bloc:"), others] : []),
      own.children.length + others.children.length ? "" : el("p", { className: "play-none" }, "Nothing was decided about him or his bloc."));
  }

  claimsWhere(holds) { return this.data.record.claims.map((claim, c) => [claim, c]).filter(([claim]) => holds(claim)); }

  claimList(claims) {
    const { sources } = this.data.record;
    const item = ([claim, c]) => {
      const holds = this.told.held.map((held) => held[c] === "1");
      const error = claim.error === null ? "" : ` ± ${(100 * claim.error).toFixed(0)}`;
      const keys = el("span", { title: claim.sources.map((key) => sources[key] || key).join("\n") }, ` [${claim.sources.join(", ")}]`);
      return el("li", {}, el("b", { className: holds[0] ? "play-yes" : "play-no" }, holds.map((yes) => (yes ? "✓ holds" : "✗ fails")).join(" | ")),
        " " + claim.text, el("small", {}, ` In ${percent(claim.share)}${error} of all worlds`, claim.confidence ? `; confidence ${claim.confidence}` : "", claim.sources.length ? keys : ""));
    };
    return el("ul", { className: "play-list" }, ...claims.map(item));
  }

  renderStory() {
    const told = this.data.sides.map((side, s) => el("div", {}, this.pair ? el("h5", {}, side.name) : "",
      ...this.frame(s).story.map((text) => el("p", {}, this.data.texts[text]))));
    this.story.replaceChildren(el("h4", {}, "What happened, and what decided it"), el("div", { className: "play-told" }, ...told),
      el("p", { className: "play-note" }, "Brackets give the chance of a decision and the terms that weighed most in it."));
  }

  renderClaims() {
    const claims = this.claimsWhere((claim) => claim.last === this.meeting);
    const order = this.pair ? "First without the change, then with it. " : "";
    this.claims.replaceChildren(el("h4", {}, "Documented by this meeting"),
      claims.length ? this.claimList(claims) : el("p", { className: "play-none" }, "The record says nothing that ends here."),
      el("p", { className: "play-note" }, order + "The model was not told any of this; its few parameters may have been fitted to all of it."));
  }

  renderDifference() {
    const frames = [this.frame(0), this.frame(1)];
    const stand = (frame, b) => {
      const allies = this.blocs((c) => c !== b && frame.alliance[b] >= 0 && frame.alliance[c] === frame.alliance[b]);
      return STATES[stateOf(frame, b)] + (allies.length ? ", with " + this.names(allies) : "");
    };
    const is = (frame, i) => this.facts(frame, i).slice(0, -1).join(", ") + (frame.struck.includes(i) ? ", struck" : "");
    const item = (name, words) => el("li", {}, el("b", {}, name + ": "), words.join(" → "));
    const blocs = this.blocs((b) => this.blocDiffers(b)).map((b) => item(this.data.blocs[b].name, frames.map((frame) => stand(frame, b))));
    const people = this.leaders((i) => this.leaderDiffers(i)).map((i) => item(this.data.leaders[i].name, frames.map((frame) => is(frame, i))));
    const holders = (o) => frames.map((frame) => (frame.holder[o] < 0 ? "vacant" : this.data.leaders[frame.holder[o]].name));
    const offices = this.data.offices.map((name, o) => [name, holders(o)]).filter(([, [one, two]]) => one !== two).map(([name, who]) => item(name, who));
    const folded = el("details", { open: people.length < 7 }, el("summary", {}, counted(people.length, "leader")), el("ul", {}, ...people));
    const pairs = counted(this.data.sides[0].worlds, "pair");
    this.difference.replaceChildren(
      el("h4", {}, blocs.length + people.length + offices.length ? "What differs at this meeting: without the change → with it" : "At this meeting the two worlds are alike"),
      blocs.length + offices.length ? el("ul", {}, ...blocs, ...offices) : "", people.length ? folded : "",
      el("p", { className: "play-note" }, `By this meeting the two runs differ in ${percent(this.data.parted[this.meeting])} of ${pairs}.`));
  }
}

globalThis.factionsPlay = (root, data) => new Play(root, data);

/** Unpacks what a page carries (JSON, gzip, base64) and plays it. */
async function unpack(script) {
  const bytes = Uint8Array.from(atob(script.textContent.trim()), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  factionsPlay(document.getElementById(script.dataset.for), JSON.parse(await new Response(stream).text()));
}
for (const script of document.querySelectorAll('script[type="application/gzip"][data-for]')) unpack(script);
