"use strict";
(async () => {
  const byId = (id) => document.getElementById(id);
  const root = document.documentElement;
  const chart = byId("chart"), axis = byId("axis"), tip = byId("tip");
  const key = "isa-analysis-theme";
  const stored = () => { try { return localStorage.getItem(key); } catch { return null; } };
  const known = stored();
  if (known === "dark" || known === "light") root.dataset.theme = known;

  const bytes = Uint8Array.from(atob(byId("data").textContent.trim()), (c) => c.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const data = await new Response(unpacked).json();

  // Lanes: absolute starts and ends; ends ascend because bars do not overlap.
  const LABEL = 170, ROW = 20, HEAD = 22, GRAPH = 44;
  const places = new Map(); // span id -> [lane, bar] in the engine view
  for (const lane of data.lanes) {
    let at = 0;
    lane.start = lane.s.map((d) => (at += d));
    lane.end = lane.start.map((s, i) => s + lane.d[i]);
    lane.busy = lane.facts["busy%"];
    let sum = 0; // cycles worked before each bar
    lane.work = Float64Array.from(lane.d, (d, i) => {
      const before = sum;
      sum += d * (lane.busy && lane.busy[i] !== null ? lane.busy[i] / 100 : 1);
      return before;
    });
    lane.worked = sum;
    if (lane.process === data.engines) lane.i.forEach((id, i) => places.set(id, [lane, i]));
  }
  for (const counter of data.counters) {
    counter.process = 6;
    counter.most = counter.v.reduce((a, b) => Math.max(a, b), 0);
  }
  // Folding: a heading that is clicked hides its lanes; the issue view begins folded.
  const folded = new Set([2]);
  let heads = [], height = 0;
  const lay = () => {
    let y = 0, process = 0;
    heads = [];
    for (const row of [...data.lanes, ...data.counters]) {
      if (row.process !== process) {
        process = row.process;
        heads.push({ y, process, name: data.processes[process] });
        y += HEAD;
      }
      row.y = folded.has(process) ? -1e6 : y;
      if (!folded.has(process)) y += row.t ? GRAPH : ROW;
    }
    height = y + 4;
  };
  lay();
  const arrows = new Map(); // span id -> [[other, kind, outgoing]]
  for (const [src, dst, kind] of data.edges) {
    for (const [from, to, out] of [[src, dst, true], [dst, src, false]]) {
      if (!arrows.has(from)) arrows.set(from, []);
      arrows.get(from).push([to, kind, out]);
    }
  }

  const whole = { from: data.window[0], to: Math.max(data.window[1], data.window[0] + 1) };
  let view = { ...whole }, hits = new Set(), matches = [], current = -1, chosen = null;
  let width = 0, colours = [], pending = false;
  const number = (n) => Math.round(n).toLocaleString("en");
  const time = (cycles) => {
    const ns = cycles * 1e9 / data.clock;
    for (const [limit, factor, unit] of [[1e3, 1, "ns"], [1e6, 1e3, "us"], [1e9, 1e6, "ms"]]) {
      if (Math.abs(ns) < limit) return `${(ns / factor).toPrecision(4)} ${unit}`;
    }
    return `${(ns / 1e9).toPrecision(4)} s`;
  };
  const px = (cycle) => LABEL + (cycle - view.from) / (view.to - view.from) * (width - LABEL);
  const cycleAt = (x) => view.from + (x - LABEL) / (width - LABEL) * (view.to - view.from);
  const after = (values, wanted) => { // first index whose value exceeds wanted
    let low = 0, high = values.length;
    while (low < high) { const mid = (low + high) >> 1; if (values[mid] > wanted) high = mid; else low = mid + 1; }
    return low;
  };

  const size = () => {
    const ratio = window.devicePixelRatio || 1;
    width = chart.parentElement.clientWidth;
    for (const [canvas, high] of [[chart, height], [axis, 24]]) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(high * ratio);
      canvas.style.height = `${high}px`;
      canvas.getContext("2d").setTransform(ratio, 0, 0, ratio, 0, 0);
    }
    const style = getComputedStyle(root);
    colours = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((i) => style.getPropertyValue(`--c${i}`).trim());
    colours.fg = style.getPropertyValue("--fg").trim();
    colours.dim = style.getPropertyValue("--dim").trim();
    colours.line = style.getPropertyValue("--line").trim();
    colours.soft = style.getPropertyValue("--soft").trim();
    colours.bg = style.getPropertyValue("--bg").trim();
    colours.hit = style.getPropertyValue("--hit").trim();
    draw();
  };

  const ticks = () => {
    const rough = (view.to - view.from) / Math.max(width - LABEL, 1) * 110;
    const power = 10 ** Math.floor(Math.log10(Math.max(rough, 1)));
    const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough) || power * 10;
    const out = [];
    for (let t = Math.ceil(view.from / step) * step; t <= view.to; t += step) out.push(t);
    return out;
  };

  const workedTo = (lane, cycle) => { // cycles worked before this one
    const i = after(lane.end, cycle);
    if (i >= lane.work.length) return lane.worked;
    const busy = lane.busy && lane.busy[i] !== null ? lane.busy[i] / 100 : 1;
    return lane.work[i] + Math.max(cycle - lane.start[i], 0) * busy;
  };
  const drawLane = (g, lane) => {
    if (lane.y < 0) return;
    const high = ROW - 3, seen = hits.size > 0;
    let i = after(lane.end, view.from), last = -1;
    while (i < lane.start.length && lane.start[i] < view.to) {
      const x = Math.max(px(lane.start[i]), LABEL), right = Math.min(px(lane.end[i]), width);
      const wide = right - x;
      const hit = seen && hits.has(lane.n[i]);
      g.globalAlpha = seen && !hit ? 0.22 : 0.92;
      g.fillStyle = colours[lane.colour];
      if (wide < 1) {
        // All bars of one pixel are one line, as high as they fill it; a match is always whole.
        let pixel = Math.floor(x);
        if (pixel === last && right > pixel + 1) pixel += 1;
        const next = Math.max(i + 1, after(lane.end, cycleAt(pixel + 1)));
        if (pixel !== last && !hit) {
          const worked = workedTo(lane, cycleAt(pixel + 1)) - workedTo(lane, cycleAt(pixel));
          const tall = Math.max(high * Math.min(worked / (cycleAt(1) - cycleAt(0)), 1), 1.5);
          g.fillRect(pixel, lane.y + high - tall, 1, tall);
        }
        if (hit) g.fillRect(pixel, lane.y, 1, high);
        last = pixel;
        i = seen ? i + 1 : next;
        continue;
      }
      const shown = Math.max(wide - (wide > 3 ? 0.6 : 0), 0.5);
      const busy = lane.busy ? lane.busy[i] : 100;
      if (busy === null || busy >= 99) g.fillRect(x, lane.y, shown, high);
      else { // as high as the engine is busy in it, on a faint ground
        const alpha = g.globalAlpha, tall = Math.max(high * busy / 100, 1.5);
        g.globalAlpha = alpha * 0.4;
        g.fillRect(x, lane.y, shown, high - tall);
        g.globalAlpha = alpha;
        g.fillRect(x, lane.y + high - tall, shown, tall);
      }
      if (chosen && chosen[0] === lane && chosen[1] === i) {
        g.globalAlpha = 1;
        g.strokeStyle = colours.fg;
        g.strokeRect(x + 0.5, lane.y + 0.5, Math.max(wide - 1, 1), high - 1);
      }
      if (wide > 34) {
        g.globalAlpha = 1;
        g.fillStyle = busy === null || busy >= 60 ? colours.bg : colours.fg;
        g.save();
        g.beginPath(); g.rect(x, lane.y, wide - 3, high); g.clip();
        g.fillText(data.names[lane.n[i]], x + 4, lane.y + high / 2);
        g.restore();
      }
      i += 1;
    }
    g.globalAlpha = 1;
  };

  const drawCounter = (g, counter) => {
    if (counter.y < 0) return;
    const base = counter.y + GRAPH - 6, high = GRAPH - 12;
    g.fillStyle = colours[counter.colour];
    g.globalAlpha = 0.75;
    const ends = counter.t.slice(1).concat([data.window[1]]);
    const drawn = [];
    for (let i = Math.max(after(counter.t, view.from) - 1, 0); i < counter.t.length && counter.t[i] < view.to; i += 1) {
      const x = Math.max(px(counter.t[i]), LABEL), right = Math.min(px(ends[i]), width);
      const tall = counter.most ? counter.v[i] / counter.most * high : 0;
      if (right > x && tall > 0) drawn.push([x, base - tall, Math.max(right - x, 0.7), tall]);
    }
    for (const r of drawn) g.fillRect(...r);
    g.globalAlpha = 1;
    g.strokeStyle = colours.line;
    g.beginPath(); g.moveTo(LABEL, base + 0.5); g.lineTo(width, base + 0.5); g.stroke();
  };

  const drawArrows = (g) => {
    if (!chosen) return;
    const [lane, i] = chosen;
    for (const [other, , out] of (arrows.get(lane.i[i]) || []).slice(0, 400)) {
      const place = places.get(other);
      const mine = places.get(lane.i[i]);
      if (!place || !mine || place[0].y < 0) continue;
      const [a, b] = out ? [mine, place] : [place, mine];
      const x1 = px(Math.min(a[0].end[a[1]], Math.max(b[0].start[b[1]], a[0].start[a[1]]))), x2 = px(Math.max(b[0].start[b[1]], a[0].start[a[1]]));
      const y1 = a[0].y + ROW / 2, y2 = b[0].y + ROW / 2;
      g.strokeStyle = out ? colours.hit : colours.fg;
      g.lineWidth = 1.4;
      g.beginPath();
      g.moveTo(x1, y1);
      g.bezierCurveTo(x1 + 24, y1, x2 - 24, y2, x2, y2);
      g.stroke();
      g.beginPath();
      g.moveTo(x2, y2); g.lineTo(x2 - 6, y2 - 3); g.lineTo(x2 - 6, y2 + 3); g.closePath();
      g.fillStyle = g.strokeStyle;
      g.fill();
    }
    g.lineWidth = 1;
  };

  const paint = () => {
    pending = false;
    const g = chart.getContext("2d"), a = axis.getContext("2d");
    for (const [c, high] of [[g, height], [a, 24]]) {
      c.clearRect(0, 0, width, high);
      c.font = "11px system-ui, sans-serif";
      c.textBaseline = "middle";
    }
    g.strokeStyle = colours.line;
    a.fillStyle = colours.dim;
    for (const t of ticks()) {
      const x = Math.round(px(t)) + 0.5;
      if (x < LABEL) continue;
      g.beginPath(); g.moveTo(x, 0); g.lineTo(x, height); g.stroke();
      if (x + 3 + a.measureText(number(t)).width <= width) a.fillText(number(t), x + 3, 12);
    }
    a.fillText(data.unit, 8, 12);
    for (const h of heads) {
      g.fillStyle = colours.soft;
      g.fillRect(0, h.y, width, HEAD - 2);
      g.fillStyle = colours.fg;
      g.font = "600 12px system-ui, sans-serif";
      g.fillText(`${folded.has(h.process) ? "\u25b8" : "\u25be"} ${h.name}`, 8, h.y + HEAD / 2 - 1);
    }
    g.font = "11px system-ui, sans-serif";
    g.save();
    g.beginPath(); g.rect(LABEL, 0, width - LABEL, height); g.clip();
    for (const lane of data.lanes) drawLane(g, lane);
    for (const counter of data.counters) drawCounter(g, counter);
    drawArrows(g);
    g.restore();
    g.fillStyle = colours.fg;
    const label = (text, at) => {
      let cut = text;
      while (cut && g.measureText(cut).width > LABEL - 20) cut = cut.slice(0, -2);
      g.fillText(cut === text ? text : `${cut}…`, 14, at);
    };
    for (const lane of data.lanes) label(lane.name, lane.y + ROW / 2 - 1);
    for (const c of data.counters) {
      g.fillStyle = colours.fg;
      label(c.name, c.y + 14);
      g.fillStyle = colours.dim;
      label(`to ${Number(c.most.toPrecision(4)).toLocaleString("en")} ${c.unit}`, c.y + 30);
    }
    byId("range").textContent = `${number(view.from)} to ${number(view.to)} ${data.unit} (${time(view.to - view.from)})`;
  };
  const draw = () => { if (!pending) { pending = true; requestAnimationFrame(paint); } };

  const show = (from, to) => {
    const most = whole.to - whole.from;
    const length = Math.min(Math.max(to - from, Math.min(8, most)), most);
    const middle = (from + to) / 2;
    const begin = Math.min(Math.max(middle - length / 2, whole.from), whole.to - length);
    view = { from: begin, to: begin + length };
    draw();
  };
  const zoom = (factor, at = (view.from + view.to) / 2) => {
    const length = Math.min(Math.max((view.to - view.from) * factor, Math.min(8, whole.to - whole.from)), whole.to - whole.from);
    const part = (at - view.from) / (view.to - view.from);
    const begin = Math.min(Math.max(at - part * length, whole.from), whole.to - length);
    view = { from: begin, to: begin + length };
    draw();
  };
  const pan = (part) => {
    const by = part * (view.to - view.from);
    show(view.from + by, view.to + by);
  };

  const barAt = (x, yy) => {
    const lane = data.lanes.find((l) => yy >= l.y && yy < l.y + ROW);
    if (!lane || x < LABEL) return null;
    const cycle = cycleAt(x), slack = 2 / (width - LABEL) * (view.to - view.from);
    const i = after(lane.end, cycle - slack);
    return i < lane.start.length && lane.start[i] <= cycle + slack ? [lane, i] : null;
  };
  const describe = ([lane, i]) => {
    const lines = [data.names[lane.n[i]], `${data.processes[lane.process]}: ${lane.name}`,
      `${number(lane.start[i])} to ${number(lane.end[i])} ${data.unit} (${number(lane.d[i])} = ${time(lane.d[i])})`];
    for (const [name, values] of Object.entries(lane.facts)) {
      const value = values[i];
      if (value !== null && value !== undefined && !/^(start|end) /.test(name)) {
        lines.push(`${name}: ${typeof value === "number" ? value.toLocaleString("en") : value}`);
      }
    }
    for (const [, kind, out] of (arrows.get(lane.i[i]) || []).slice(0, 6)) lines.push(`${out ? "waited for by another" : "waits for another"}: ${kind}`);
    return lines.join("\n");
  };
  const counterAt = (x, yy) => {
    const c = data.counters.find((k) => yy >= k.y && yy < k.y + GRAPH);
    if (!c || x < LABEL || !c.t.length) return null;
    const i = Math.max(after(c.t, cycleAt(x)) - 1, 0);
    return `${c.name}\n${Number(c.v[i].toPrecision(6))} ${c.unit}\nfrom ${number(c.t[i])} ${data.unit}`;
  };

  let drag = null, moved = false;
  const local = (event) => { const box = chart.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  chart.addEventListener("wheel", (event) => {
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) pan((event.deltaX || event.deltaY) / 1200);
    else zoom(event.deltaY > 0 ? 1.25 : 0.8, Math.max(cycleAt(local(event)[0]), view.from));
    event.preventDefault();
  }, { passive: false });
  chart.addEventListener("pointerdown", (event) => { drag = [event.clientX, view.from, view.to]; moved = false; });
  addEventListener("pointerup", () => { drag = null; chart.classList.remove("drag"); });
  chart.addEventListener("pointermove", (event) => {
    const [x, yy] = local(event);
    if (drag) {
      const by = (drag[0] - event.clientX) / (width - LABEL) * (drag[2] - drag[1]);
      if (Math.abs(drag[0] - event.clientX) > 3) { moved = true; chart.classList.add("drag"); }
      if (moved) show(drag[1] + by, drag[2] + by);
    }
    const bar = barAt(x, yy), text = bar ? describe(bar) : counterAt(x, yy);
    tip.hidden = !text || moved && drag;
    if (!tip.hidden) {
      tip.textContent = text;
      const box = tip.getBoundingClientRect();
      tip.style.left = `${Math.min(event.clientX + 14, innerWidth - box.width - 8)}px`;
      tip.style.top = `${Math.min(event.clientY + 14, innerHeight - box.height - 8)}px`;
    }
  });
  chart.addEventListener("pointerleave", () => { tip.hidden = true; });
  const choose = (bar) => {
    chosen = bar;
    byId("chosen").textContent = bar ? describe(bar).replaceAll("\n", "; ") : "";
    draw();
  };
  chart.addEventListener("click", (event) => {
    const [x, yy] = local(event);
    const head = heads.find((h) => yy >= h.y && yy < h.y + HEAD - 2);
    if (moved) return;
    if (!head) { choose(barAt(x, yy)); return; }
    if (!folded.delete(head.process)) folded.add(head.process);
    lay();
    size();
  });
  chart.addEventListener("dblclick", (event) => {
    const bar = barAt(...local(event));
    if (bar) { const [l, i] = bar, more = l.d[i] * 0.1 + 2; show(l.start[i] - more, l.end[i] + more); }
  });

  const search = byId("search");
  const find = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    hits = new Set();
    matches = [];
    current = -1;
    if (words.length) {
      data.names.forEach((name, i) => { const text = name.toLowerCase(); if (words.every((w) => text.includes(w))) hits.add(i); });
      for (const lane of data.lanes) lane.n.forEach((n, i) => { if (hits.has(n)) matches.push([lane, i]); });
      matches.sort((a, b) => a[0].start[a[1]] - b[0].start[b[1]]);
      if (!hits.size) hits.add(-1);
    }
    byId("hits").textContent = words.length ? `${number(matches.length)} bars` : "";
    draw();
  };
  const next = (step = 1) => {
    if (!matches.length) return;
    current = (current + step + matches.length) % matches.length;
    const [lane, i] = matches[current];
    const length = view.to - view.from;
    if (lane.d[i] > length || lane.d[i] < length / 400) show(lane.start[i] - 4 * lane.d[i] - 4, lane.end[i] + 4 * lane.d[i] + 4);
    else show(lane.start[i] + lane.d[i] / 2 - length / 2, lane.start[i] + lane.d[i] / 2 + length / 2);
    byId("hits").textContent = `${number(current + 1)} of ${number(matches.length)} bars`;
    if (matches[current][0].y < 0) { folded.delete(matches[current][0].process); lay(); size(); }
    choose(matches[current]);
  };
  search.addEventListener("input", find);
  search.addEventListener("keydown", (event) => { if (event.key === "Enter") next(event.shiftKey ? -1 : 1); });
  byId("next").addEventListener("click", () => next());
  byId("in").addEventListener("click", () => zoom(0.5));
  byId("out").addEventListener("click", () => zoom(2));
  byId("all").addEventListener("click", () => show(whole.from, whole.to));
  byId("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem(key, root.dataset.theme); } catch { /* not kept */ }
    size();
  });
  addEventListener("keydown", (event) => {
    if (event.target === search) { if (event.key === "Escape") { search.value = ""; find(); chart.focus(); } return; }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const actions = {
      "+": () => zoom(0.5), "=": () => zoom(0.5), w: () => zoom(0.5), "-": () => zoom(2), s: () => zoom(2),
      ArrowLeft: () => pan(-0.2), a: () => pan(-0.2), ArrowRight: () => pan(0.2), d: () => pan(0.2),
      0: () => show(whole.from, whole.to), Home: () => show(whole.from, whole.to),
      "/": () => search.focus(), n: () => next(), N: () => next(-1), Escape: () => choose(null),
    };
    const action = actions[event.key];
    if (action) { action(); event.preventDefault(); }
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", size);
  addEventListener("resize", size);
  window.timelineView = () => ({ ...view, matches: matches.length, chosen: chosen ? chosen[0].i[chosen[1]] : null });
  size();
  root.dataset.ready = "1";
})();
