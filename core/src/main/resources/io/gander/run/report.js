"use strict";
/* One step for everything: time line, charts and samples share it. All of the page is drawn from the data element; while the
   training goes on, a newer page of the same name hands over its own. */
const $ = id => document.getElementById(id);
const read = () => JSON.parse($("data").textContent);
const view = { step: 0, follows: true, smooth: .6, log: false };
let run = read();

/* ---------- numbers and names for people ---------- */
const fmt = (v, digits = 3) => !Number.isFinite(v) ? (v === "Infinity" ? "∞" : "–")
  : Math.abs(v) >= 1000 ? Math.round(v).toLocaleString("en") : String(+v.toPrecision(digits)).replace("-", "−");
const clock = s => { s = Math.round(s); const two = n => String(n).padStart(2, "0");
  return s >= 3600 ? `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}` : `${Math.floor(s / 60)}:${two(s % 60)}`; };
const NAMES = { step: "step", seconds: "seconds", examples_per_second: "examples a second",
  loss_discriminator: "discriminator’s loss", loss_generator: "generator’s loss", loss_discriminator_back: "discriminator’s loss, way back",
  loss_cycle: "cycle loss", loss_content: "content loss", d_real: "D(x)", d_fake: "D(G(z))", grad_discriminator: "discriminator’s gradient norm",
  grad_generator: "generator’s gradient norm", diversity: "diversity", covered: "covered", classes: "classes shown", modes: "modes shown",
  good: "good samples, %", label_kl: "KL of the classes", kl: "KL of the modes", reverse_kl: "reverse KL of the modes", js: "JS divergence",
  confidence: "classifier’s confidence", score: "classifier score", fd: "Fréchet distance", precision: "precision", recall: "recall", density: "density",
  coverage: "coverage", nearest: "distance to the nearest training picture", augment: "share augmented", l1: "mean difference (L1)", psnr: "PSNR, dB",
  ssim: "SSIM", lpips: "LPIPS-like distance" };
const named = key => NAMES[key] ?? key.replaceAll("_", " ");
const kindsAre = () => run.metrics.some(m => "classes" in m) ? "Classes" : "Modes";
const ofKinds = v => `${fmt(Math.round(v))} of ${fmt(run.kinds)}`;
const value = (key, v) => run.kinds && (key === "classes" || key === "modes") && Number.isFinite(v) ? ofKinds(v) : fmt(v, 4);
const have = key => run.metrics.filter(m => Number.isFinite(m[key]));
const newest = key => have(key).at(-1)?.[key];

/* What D(x) is depends on the loss. */
const OPINIONS = { "least-squares": "Mean output of the discriminator, which aims at 1 for real and at 0 for made examples. It is not a probability and may lie outside.",
  "hinge": "Mean output of the discriminator, pressed between 0 and 1. Only its order counts; it is not a probability. If both are near 0.5, it cannot tell real from made.",
  "relative": "How real the discriminator finds examples beside the mean of the other kind, 0 to 1. If both are near 0.5, it cannot tell real from made." };
OPINIONS.wasserstein = OPINIONS["relativistic-average"] = OPINIONS["relativistic-pairing"] = OPINIONS.relative;
const opinion = () => OPINIONS[run.loss] ?? "Mean probability of being real. If both are near 0.5, it cannot tell real from made.";

/* Small elements, by text alone: no value of a run is ever read as HTML. */
function put(tag, text, at, more = {}) {
  const e = document.createElement(tag);
  e.textContent = text;
  Object.assign(e, more);
  at?.append(e);
  return e;
}

/* The glossary's entry of a metric, or of a word. */
const entry = key => document.getElementById("word-" + key) ?? document.querySelector(`#glossary dt[data-keys~="${CSS.escape(key)}"]`);
function word(key, text, at) {
  const there = entry(key);
  if (there) put("a", text, at, { className: "word", href: "#" + there.id });
  else at.append(text);
}
function explain() {
  const there = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!there) return;
  $("glossary").open = true;
  there.scrollIntoView();
}

/* ---------- top: what it is, how it stands ---------- */
const WORDS = { MODES_MISSING: "mode-collapse", DISCRIMINATOR_WINS: "discriminator-wins", DIVERGED: "diverged" };
function head() {
  const last = run.metrics.at(-1) ?? {}, kind = run.verdict.kind;
  const ended = kind === "DIVERGED" ? "Diverged" : run.step >= run.steps ? "Finished" : `Stopped at step ${fmt(run.step)}`;
  document.title = `${run.name}: ${run.live ? "step " + fmt(run.step) : ended.toLowerCase()} · Gander`;
  $("name").textContent = run.name;
  $("state").textContent = run.live ? "Live" : ended;
  $("state").className = "state " + (kind === "DIVERGED" ? "diverged" : run.live ? "live" : "");
  $("about").textContent = [run.about, run.speed ? fmt(run.speed) + " examples/s" : "", last.seconds === undefined ? "" : clock(last.seconds) + " of training", run.when]
    .filter(Boolean).join(", ");
  $("words").replaceChildren();
  word(WORDS[kind], run.verdict.words, $("words"));
  $("words").append(run.live && kind === "HEALTHY" ? " so far." : ".");
  $("reason").textContent = run.verdict.reason;
  const help = $("help"), helps = have("diversity").length ? run.verdict.help : [];
  help.replaceChildren();
  helps.forEach((setting, i) => { help.append(i ? ", then " : "What may help: "); put("code", setting, help); });
  if (helps.length) help.append(". ");
  if (!run.live && run.step < run.steps && kind !== "DIVERGED") { help.append("To go on: "); put("code", run.resume, help); }
  document.querySelector(".verdict").className = "verdict " + (kind === "DIVERGED" ? "bad" : kind in WORDS ? "warn" : "");
  gauges();
}

function gauges() {
  $("gauges").replaceChildren();
  const gauge = (name, text, note, v, from, to) => {
    const box = put("div", "", $("gauges"), { className: "gauge" });
    put("dt", name, box);
    put("dd", text, box);
    const bar = put("dd", "", box, { className: "bul" }), percent = x => Math.max(0, Math.min(1, x)) * 100 + "%";
    bar.setAttribute("aria-hidden", "true");
    for (const [k, x] of [["--v", v], ["--from", from], ["--w", to - from]]) bar.style.setProperty(k, percent(x));
    put("dd", note, box, { className: "xs q" });
  };
  const was = (key, unit, less) => {
    const rows = have(key), end = newest(key);
    if (!rows.length) return;
    const best = rows.reduce((p, m) => (less ? m[key] < p[key] : m[key] > p[key]) ? m : p), top = Math.max(...rows.map(m => m[key]));
    gauge(named(key).replace(/^./, c => c.toUpperCase()).replace(", dB", ""), fmt(end) + unit, `best ${fmt(best[key])}, at step ${fmt(best.step)}`, end / (top || 1), 0, 0);
  };
  const l = run.limits, diversity = newest("diversity"), covered = newest("covered");
  if (diversity !== undefined) gauge("Diversity", fmt(diversity), "alarm below " + l.diversity, diversity / 1.2, 0, l.diversity / 1.2);
  if (covered !== undefined && run.kinds) gauge(kindsAre() + " shown", ofKinds(covered * run.kinds), "alarm below " + fmt(Math.ceil(l.covered * run.kinds - 1e-9)), covered, 0, l.covered);
  if (run.margin !== undefined) gauge("D(x) − D(G(z))", fmt(run.margin, 2), "alarm above " + l.margin, run.margin, l.margin, 1);
  was("fd", "", true);
  was("psnr", " dB", false);
  was("loss_cycle", "", true);
}

/* ---------- the step ---------- */
const listeners = [];
function go(step) {
  view.step = Math.max(0, Math.min(run.step, Math.round(step)));
  view.follows = view.step >= run.step;
  for (const f of listeners) f();
}
const sampleAt = step => Math.max(0, run.samples.findLastIndex(s => s.step <= step));
function samples() {
  const i = sampleAt(view.step), sample = run.samples[i];
  $("wall").hidden = !sample;
  $("caption").textContent = sample ? "of step " + fmt(sample.step) : "none yet";
  for (const [id, there] of [["earlier", i > 0], ["later", i < run.samples.length - 1]]) $(id).disabled = $("large-" + id).disabled = !there;
  if (!sample) return;
  show($("sheet"), sample.png, `samples of step ${fmt(sample.step)}. ${run.shown}`);
  if ($("large").open && $("large").dataset.of === "samples") large("samples");
}
const turn = by => go(run.samples[Math.max(0, Math.min(run.samples.length - 1, sampleAt(view.step) + by))]?.step ?? 0);

/* ---------- pictures: heads over columns, sharp when enlarged ---------- */
const plane = () => run.shape?.length === 1 && !run.columns.length;
function show(img, png, alt) {
  img.alt = alt;
  if (img.src !== png) img.src = png;
}
function dress(img) {
  const heads = img.parentElement.querySelector(".heads"), width = img.naturalWidth;
  img.classList.toggle("px", !plane() && width * devicePixelRatio <= img.clientWidth * 1.5 * devicePixelRatio);
  const names = run.columns, side = run.shape?.at(-1) ?? 0, across = img.id === "rows-sheet" || img.dataset.rows ? 1 : (width - 2) / (names.length * side + 2);
  heads.replaceChildren();
  if (!names.length || across < 1 || !Number.isInteger(across)) return;
  heads.style.width = img.clientWidth + "px";
  heads.style.margin = "0 auto";
  const one = img.clientWidth / across / names.length;
  for (let i = 0; i < across * (one > 36 ? names.length : 0); i++) put("span", names[i % names.length], heads).style.width = one + "px";
}
function large(of) {
  const rows = of === "rows", from = rows ? $("rows-sheet") : $("sheet"), img = $("large-sheet");
  $("large").dataset.of = of;
  img.dataset.rows = rows ? "yes" : "";
  $("large-earlier").hidden = $("large-later").hidden = rows;
  $("large-caption").textContent = rows ? "Evaluation" : "Samples " + $("caption").textContent;
  const fit = () => { const most = Math.min(innerWidth * .96 - 40, (innerHeight * .96 - 110) * img.naturalWidth / img.naturalHeight);
    img.style.width = (rows ? Math.min(innerWidth * .96 - 40, 2 * img.naturalWidth) : Math.max(most, Math.min(280, innerWidth - 60))) + "px"; dress(img); };
  img.onload = fit;
  show(img, from.src, from.alt);
  if (!$("large").open) $("large").showModal();
  if (img.complete) fit();
}

/* ---------- time line ---------- */
function timeline() {
  const marks = $("marks"), end = Math.max(run.steps, run.step, 1), at = step => step / end * 100 + "%";
  $("slider").max = end;
  marks.replaceChildren();
  for (const s of run.samples) put("i", "", marks, { className: "tick" }).style.left = at(s.step);
  const told = run.events.filter(e => Number.isFinite(e.step));
  for (const e of told) {
    const bad = e.event === "diverged", text = `${bad ? "Diverged" : "Guard"}, step ${fmt(e.step)}: ${e.message}`;
    const mark = put("button", bad ? "▲" : "△", marks, { className: "ev " + e.event, type: "button", title: text, onclick: () => go(e.step) });
    mark.setAttribute("aria-label", text);
    mark.style.left = at(e.step);
  }
  const rows = run.metrics.filter(m => Number.isFinite(m.seconds)), last = rows.at(-1);
  if (run.live && last?.step && run.step < run.steps && run.step / end < .85) {
    put("span", `about ${clock(last.seconds / last.step * (run.steps - run.step))} left`, marks, { className: "left-time" }).style.left = at(run.step);
  }
  $("axis").replaceChildren();
  for (const t of [0, .2, .4, .6, .8, 1]) put("span", fmt(Math.round(t * end)), $("axis")).style.left = t * 100 + "%";
  $("story").hidden = !run.events.length;
  $("log").replaceChildren();
  for (const e of run.events.toReversed()) {
    const li = put("li", "", $("log"), { className: e.event });
    if (Number.isFinite(e.step)) put("button", fmt(e.step), li, { type: "button", onclick: () => go(e.step) }).setAttribute("aria-label", "go to step " + e.step);
    else put("span", "–", li);
    put("span", e.message ?? "", li);
  }
}
listeners.push(() => {
  $("slider").value = view.step;
  $("slider").setAttribute("aria-valuetext", `step ${fmt(view.step)} of ${fmt(run.steps)}`);
  $("at").textContent = fmt(view.step);
  $("of").textContent = "of " + fmt(run.steps);
  $("behind").textContent = view.step < run.step ? fmt(run.step - view.step) + " steps ago" : run.live ? "newest, following" : "the last step";
}, samples);

/* ---------- charts ---------- */
function ticks(lo, hi, n) {
  const rough = (hi - lo) / n || 1, p = 10 ** Math.floor(Math.log10(rough)), s = [1, 2, 5, 10].map(f => f * p).find(x => x >= rough * .999), out = [];
  for (let t = Math.ceil(lo / s - 1e-9) * s; t <= hi + s * 1e-9; t += s) out.push(Math.abs(t) < s * 1e-9 ? 0 : t);
  return out;
}
function decades(lo, hi) {
  const out = [];
  for (let e = Math.floor(Math.log10(lo)); 10 ** e <= hi; e++) for (const f of [1, 2, 5]) out.push(f * 10 ** e);
  const inside = out.filter(t => t >= lo && t <= hi);
  return inside.length < 3 ? ticks(lo, hi, 4).filter(t => t > 0) : inside.length < 6 ? inside : inside.filter(t => String(t / 10 ** Math.floor(Math.log10(t) + 1e-9)).startsWith("1"));
}
/* An average that forgets, without the pull of its beginning. */
function smoothed(v, a) {
  let sum = 0, weight = 0;
  return v.map(x => { sum = sum * a + x * (1 - a); weight = weight * a + 1 - a; return sum / weight; });
}
/* A chart as wide as its box. o: title, note, series [{key, name, c, of}], y [lo, hi], ref [value, name], wide, seldom (measured, not smoothed), f (its readout) */
function chart(o) {
  const box = put("figure", "", $("charts"), { className: "fig" + (o.wide ? " wide" : "") });
  box.innerHTML = '<div class="ph"><h3></h3><div class="read"></div></div><p></p><svg class="plot" role="img"></svg>';
  const svg = box.querySelector("svg"), readout = box.querySelector(".read"), H = o.wide ? 190 : 136, L = 42, T = 8, B = 20;
  let lines = [], X, Y, W, R;
  const text = v => o.f ? o.f(v) : fmt(v);
  const index = s => Math.max(0, s.x.findLastIndex(x => x <= view.step));
  function playhead() {
    if (!lines.length || !X) return;
    readout.replaceChildren();
    lines.forEach((s, k) => {
      const i = index(s), dot = svg.querySelectorAll(".pt")[k];
      put("b", text(s.y[i]), put("span", lines.length > 1 ? s.name + " " : "", readout, { className: "t" + s.c }));
      dot.setAttribute("cx", X(s.x[i]));
      dot.setAttribute("cy", Y(s.line[i]));
    });
    const now = svg.querySelector(".now");
    for (const x of ["x1", "x2"]) now.setAttribute(x, X(view.step));
  }
  function draw() {
    lines = o.series.map(s => { const rows = have(s.key); return { ...s, x: rows.map(m => m.step), y: rows.map(m => m[s.key] * (s.of?.() || 1)) }; }).filter(s => s.x.length);
    box.hidden = !lines.length;
    W = svg.clientWidth;
    if (!lines.length || !W) return;
    box.querySelector("h3").replaceChildren();
    word(o.series[0].key, o.title(), box.querySelector("h3"));
    box.querySelector("p").textContent = o.note?.() ?? "";
    const smooth = !o.seldom && view.smooth > 0;
    for (const s of lines) s.line = smooth ? smoothed(s.y, view.smooth) : s.y;
    const all = lines.flatMap(s => s.line).sort((p, q) => p - q), log = view.log && all[0] > 0 && !o.y?.(), fixed = o.y?.();
    /* One early spike must not flatten the rest. */
    let lo = fixed ? fixed[0] : Math.min(0, all[Math.floor((all.length - 1) * .005)] * 1.05);
    let hi = fixed ? fixed[1] : (all[Math.ceil((all.length - 1) * (o.seldom ? 1 : .995))] || 1) * 1.08;
    if (hi <= lo) hi = lo + 1;
    if (log) [lo, hi] = [all[0] * .8, all.at(-1) * 1.25];
    const f = log ? v => Math.log10(Math.max(v, 1e-12)) : v => v, end = Math.max(run.step, 1);
    R = lines.length > 1 && W > 420 ? 108 : 10;
    X = v => L + (W - L - R) * Math.min(1, v / end);
    Y = v => H - B - (H - T - B) * Math.max(-.03, Math.min(1.03, (f(v) - f(lo)) / (f(hi) - f(lo))));
    let h = "";
    for (const t of log ? decades(lo, hi) : ticks(lo, hi, 4)) h += `<line class="g" x1="${L}" x2="${W - R}" y1="${Y(t)}" y2="${Y(t)}"/><text x="${L - 7}" y="${Y(t) + 4}" text-anchor="end">${fmt(t)}</text>`;
    for (const t of ticks(0, end, W < 420 ? 3 : 5)) h += `<text x="${X(t)}" y="${H - 4}" text-anchor="${t ? X(t) > W - 24 ? "end" : "middle" : "start"}">${fmt(t)}</text>`;
    const ref = o.ref?.();
    if (ref && ref[0] > lo && ref[0] < hi) h += `<line class="ref" x1="${L}" x2="${W - R}" y1="${Y(ref[0])}" y2="${Y(ref[0])}"/><text x="${W - R - 4}" y="${Y(ref[0]) - 5}" text-anchor="end" class="halo">${ref[1]}</text>`;
    const path = (x, y) => y.map((v, i) => (i ? "L" : "M") + X(x[i]).toFixed(1) + " " + Y(v).toFixed(1)).join("");
    if (smooth) for (const s of lines) h += `<path class="raw s${s.c}" d="${path(s.x, s.y)}"/>`;
    for (const s of lines) h += `<path class="ln s${s.c}" d="${path(s.x, s.line)}"/>`;
    for (const e of run.events) if (e.step <= end) h += `<line class="guard" x1="${X(e.step)}" x2="${X(e.step)}" y1="${T}" y2="${H - B}"/>`;
    if (R > 40) h += labels();
    svg.setAttribute("height", H);
    svg.setAttribute("viewBox", `0 0 ${W} ${H}`);
    svg.setAttribute("aria-label", `${o.title()}, step 0 to ${fmt(end)}. ` + lines.map(s => `${s.name || o.title()}: ${text(s.y[0])} at first, ${text(s.y.at(-1))} at last, between ${fmt(Math.min(...s.y))} and ${fmt(Math.max(...s.y))}`).join("; "));
    svg.innerHTML = h + `<line class="now" y1="${T - 4}" y2="${H - B}"/>` + lines.map(s => `<circle class="pt f${s.c}" r="3.5"/>`).join("");
    playhead();
  }
  /* The lines' names at their ends, one below the other. */
  function labels() {
    const ends = lines.map(s => ({ s, y: Y(s.line.at(-1)) })).sort((p, q) => p.y - q.y);
    for (let i = 1; i < ends.length; i++) ends[i].y = Math.max(ends[i].y, ends[i - 1].y + 14);
    const over = Math.max(0, ends.at(-1).y - (H - B));
    return ends.map(e => `<text class="lab l${e.s.c}" x="${W - R + 8}" y="${e.y - over + 4}">${e.s.name}</text>`).join("");
  }
  const point = e => { if (lines.length) go((e.clientX - svg.getBoundingClientRect().left - L) / (W - L - R) * Math.max(run.step, 1)); };
  svg.addEventListener("pointerdown", point);
  svg.addEventListener("pointermove", e => { if (e.movementX || e.movementY) point(e); });
  new ResizeObserver(() => { if (svg.clientWidth !== W) draw(); }).observe(box);
  listeners.push(playhead);
  return draw;
}
const D = "discriminator", G = "generator";
const plain = (title, note, key, more = {}) => ({ title: () => title, note: () => note, series: [{ key, name: "", c: "i" }], ...more });
const CHARTS = [
  { title: () => "Losses", note: () => "Each network tries to make its loss small. They oppose each other, so neither need fall.", wide: true,
    series: [{ key: "loss_discriminator", name: D, c: "a" }, { key: "loss_generator", name: G, c: "b" }, { key: "loss_discriminator_back", name: "way back", c: "c" }] },
  { title: () => "The discriminator’s opinion", note: opinion, wide: true, y: () => run.loss === "least-squares" ? null : [0, 1],
    ref: () => run.loss === "least-squares" ? [.5, ""] : [.5, "cannot tell"], series: [{ key: "d_real", name: "D(x), real", c: "a" }, { key: "d_fake", name: "D(G(z)), made", c: "b" }] },
  plain("Diversity", "How much samples differ, as a share of how much real examples do.", "diversity", { seldom: true, ref: () => [run.limits.diversity, "alarm below"] }),
  { title: () => run.kinds ? `${kindsAre()} shown, of ${fmt(run.kinds)}` : "Covered", note: () => "Kinds of example in the data that samples show.", seldom: true,
    y: () => [0, run.kinds || 1], ref: () => [run.limits.covered * (run.kinds || 1), "alarm below"], f: v => run.kinds ? ofKinds(v) : fmt(v),
    series: [{ key: "covered", name: "", c: "i", of: () => run.kinds }] },
  plain("Fréchet distance (fd)", "How far samples are from real examples, in a classifier’s features. Less is nearer.", "fd", { seldom: true }),
  { title: () => "Precision and recall", note: () => "Samples near real ones; real ones near samples.", seldom: true, y: () => [0, 1],
    series: [{ key: "precision", name: "precision", c: "c" }, { key: "recall", name: "recall", c: "d" }] },
  plain("Good samples", "Within 3σ of a mean, per cent.", "good", { seldom: true, y: () => [0, 100] }),
  { title: () => "Divergence of the shares", note: () => "How far the shares of classes or modes are from the data’s, in nats. Less is nearer.", seldom: true,
    series: [...["reverse_kl", "kl", "label_kl"].map(key => ({ key, name: "KL", c: "c" })), { key: "js", name: "JS", c: "d" }] },
  plain("Likeness", "Peak signal-to-noise ratio of the training batches’ outputs, dB. More is nearer to the targets.", "psnr"),
  plain("Content loss", "Pixels and features. Less is nearer to the targets.", "loss_content"),
  plain("There and back", "Mean absolute difference after both translations. Less is nearer.", "loss_cycle"),
  { title: () => "Gradient norms", note: () => "Before clipping. If the generator’s is near 0, it no longer learns.",
    series: [{ key: "grad_discriminator", name: D, c: "a" }, { key: "grad_generator", name: G, c: "b" }] },
  plain("Augmentation", "The share of what the discriminator sees that is changed.", "augment"),
  plain("Speed", "Real examples a second.", "examples_per_second")].map(chart);

/* ---------- tables ---------- */
function row(table, texts, tag = "td") {
  const tr = put("tr", "", table);
  texts.forEach(text => put(tag, text, tr, tag === "th" ? { scope: "col" } : {}));
}
function heads(table, texts, keys) {
  row(table, texts, "th");
  for (const key of keys) word(key, named(key), put("th", "", table.lastChild, { scope: "col" }));
}
function tables() {
  const numbers = $("numbers"), many = run.metrics.length, shown = 25;
  const keys = [...new Set(run.metrics.flatMap(Object.keys))], seldom = new Set(["diversity", "covered"]);
  numbers.replaceChildren();
  heads(numbers, [], keys);
  run.metrics.forEach((m, i) => { if (many <= shown || i === many - 1 || i % Math.ceil(many / shown) === 0 || [...seldom].some(k => k in m) && many < 200) row(numbers, keys.map(k => k === "step" ? fmt(m[k], 9) : k in m ? value(k, m[k]) : "")); });
  const measures = $("measures"), all = run.evaluations;
  $("evaluation").hidden = !all.length;
  measures.replaceChildren();
  if (!all.length) return;
  $("meaning").textContent = all.some(e => e.channels)
    ? "On pictures held out of training, or others that were named. L1 and the LPIPS-like distance: less is nearer; PSNR and SSIM: more. The picture: rows of the newest."
    : "Samples, and real examples by the same measures. KL, JS and Fréchet distance: less is nearer; modes, good samples, confidence, precision, recall, density and coverage: more.";
  const names = [...new Set(all.flatMap(e => Object.values(e.result).flatMap(Object.keys)))];
  heads(measures, ["step", "examples", "compared", ""], names);
  for (const e of all) for (const [name, values] of Object.entries(e.result)) {
    const weights = { average: "moving average", newest: "newest weights" }[e.weights] ?? e.weights;
    row(measures, [fmt(e.step, 9), `${name === "real" && "real_count" in e ? fmt(e.real_count) : (e.repeats ? `${e.repeats} × ` : "") + fmt(e.count)}${e.data ? ", " + e.data : ""}${e.direction === "back" ? ", back" : ""}`,
      (e.channels ?? weights) + (e.precision ? `, ${e.precision}` : "") + (e.crop ? `, crop ${e.crop}` : ""), name, ...names.map(m => values[m] === undefined ? "" : name === "deviation" ? "± " + fmt(values[m]) : value(m, values[m]))]);
  }
  $("rows").hidden = !run.sheet;
  if (run.sheet) show($("rows-sheet"), run.sheet, $("rows-sheet").alt);
}

/* ---------- all of it, and again when there is news ---------- */
function render() {
  head();
  timeline();
  $("nothing").hidden = run.metrics.length > 0;
  $("shown").textContent = run.shown;
  $("legend").hidden = !plane();
  $("recipe").textContent = run.recipe;
  $("provenance").textContent = run.provenance;
  tables();
  for (const draw of CHARTS) draw();
  stale();
  go(view.follows ? run.step : view.step);
}
const EVERY = 10_000, LONG = 600_000;
function stale() {
  const old = run.live && Date.now() - run.written > LONG;
  $("stale").hidden = !old;
  if (old) $("stale").textContent = `No news since ${new Date(run.written).toLocaleTimeString()}. If the training was ended by force, gander resume goes on with it.`;
}
/* A page from the disk may not read files, but it may show a page in a frame, and that one may send a message. */
function look() {
  if (!run.live) return;
  setTimeout(look, EVERY);
  stale();
  if (document.hidden) return;
  document.querySelector("iframe")?.remove();
  const frame = put("iframe", "", document.body, { hidden: true, title: "news" });
  frame.src = location.href.split(/[?#]/)[0] + "?news";
}
function hear(e) {
  const frame = document.querySelector("iframe");
  if (!frame || e.source !== frame.contentWindow || typeof e.data !== "string") return;
  frame.remove();
  const news = JSON.parse(e.data);
  if (news.written <= run.written) return;
  run = news;
  render();
}

function begin() {
  $("slider").addEventListener("input", e => go(+e.target.value));
  $("slider").addEventListener("keydown", e => {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[e.key], page = { PageUp: 1, PageDown: -1 }[e.key];
    if (by || page) e.preventDefault();
    if (by) go(view.step + by * Math.max(1, run.steps / 100));
    if (page) turn(page);
  });
  $("smooth").addEventListener("input", e => { view.smooth = +e.target.value; for (const draw of CHARTS) draw(); });
  $("log-scale").addEventListener("change", e => { view.log = e.target.checked; for (const draw of CHARTS) draw(); });
  for (const at of ["", "large-"]) { $(at + "earlier").onclick = () => turn(-1); $(at + "later").onclick = () => turn(1); }
  $("wall").onclick = () => large("samples");
  $("rows").onclick = () => large("rows");
  $("large").addEventListener("click", e => { if (e.target === $("large")) $("large").close(); });
  for (const img of [$("sheet"), $("rows-sheet")]) { img.addEventListener("load", () => dress(img)); new ResizeObserver(() => dress(img)).observe(img); }
  let timer = null;
  const stop = () => { clearInterval(timer); timer = null; $("play").textContent = "Play"; $("play").setAttribute("aria-pressed", "false"); };
  $("play").onclick = () => {
    if (timer) return stop();
    if (sampleAt(view.step) >= run.samples.length - 1) go(0);
    $("play").textContent = "Pause";
    $("play").setAttribute("aria-pressed", "true");
    timer = setInterval(() => { if (sampleAt(view.step) >= run.samples.length - 1) { go(run.step); stop(); } else turn(1); }, 350);
  };
  addEventListener("message", hear);
  document.addEventListener("click", e => { if (e.target.closest?.("a[href^='#word-']")) setTimeout(explain); });
  render();
  explain();
  setTimeout(look, EVERY);
}
if (location.search === "?news") parent.postMessage($("data").textContent, location.protocol === "file:" ? "*" : location.origin);
else begin();
