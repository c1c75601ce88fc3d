// What is wrong in the SVG of the page, from the boxes that the browser has really drawn; an empty list when nothing is.
(() => {
  const svg = document.querySelector("svg");
  const faults = [];
  const say = (what, ...elements) => faults.push(`${what}: ${elements.map(element => element.textContent.trim() || element.outerHTML.slice(0, 90)).join(" | ")}`);
  const box = element => element.getBoundingClientRect();
  const slack = 0.5;
  const meet = (a, b) => a.left < b.right - slack && b.left < a.right - slack && a.top < b.bottom - slack && b.top < a.bottom - slack;
  const within = (a, b) => a.left >= b.left - slack && a.right <= b.right + slack && a.top >= b.top - slack && a.bottom <= b.bottom + slack;
  const holds = (a, x, y) => x > a.left + slack && x < a.right - slack && y > a.top + slack && y < a.bottom - slack;
  const texts = [...svg.querySelectorAll("text")].map(element => ({ element, box: box(element) }));
  const frames = [...svg.querySelectorAll("rect:not(.paper)")].map(element => ({ element, owner: element.parentNode, box: box(element) }));

  for (const text of texts) {
    if (!(text.box.width > 0)) say("a text without width", text.element);
    const own = text.element.closest(".state, .superstate, .aside, .cell")?.querySelector("rect");
    if (!within(text.box, own ? box(own) : box(svg))) say("a text leaves its box", text.element);
    for (const other of texts) {
      if (text !== other && meet(text.box, other.box) && text.element.compareDocumentPosition(other.element) & Node.DOCUMENT_POSITION_FOLLOWING) say("a text lies on a text", text.element, other.element);
    }
    for (const frame of frames) {
      if (!meet(text.box, frame.box)) continue;
      if (!within(text.box, frame.box)) say("a text lies on a border", text.element, frame.element);
      else if (!frame.owner.matches(".superstate") && !frame.owner.contains(text.element)) say("a text lies in a box that is not its own", text.element, frame.owner);
    }
  }

  const measured = new Map();
  const points = path => {
    if (!measured.has(path)) measured.set(path, measure(path));
    return measured.get(path);
  };
  const measure = path => {
    const matrix = path.getScreenCTM();
    const length = path.getTotalLength();
    const step = 3; // no text is as low as that
    return Array.from({ length: Math.ceil(length / step) + 1 }, (_, at) => path.getPointAtLength(Math.min(step * at, length)).matrixTransform(matrix));
  };
  for (const path of svg.querySelectorAll("path")) {
    const line = points(path);
    for (const text of texts) {
      if (line.some(point => holds(text.box, point.x, point.y))) say("a text lies on a line", text.element, path);
    }
    for (const frame of frames.filter(frame => frame.owner.matches(".state, .aside"))) {
      if (line.some(point => holds(frame.box, point.x, point.y))) say("a line runs through a box", path, frame.owner);
    }
  }

  // whether a point lies on the border of a box
  const onBorder = (frame, point) => within({ left: point.x, right: point.x, top: point.y, bottom: point.y }, frame) && !holds({ left: frame.left + 1, right: frame.right - 1, top: frame.top + 1, bottom: frame.bottom - 1 }, point.x, point.y);
  const named = name => box([...svg.querySelectorAll(".state, .superstate")].find(element => element.dataset.state === name).querySelector("rect"));
  for (const arrow of svg.querySelectorAll(".arrow")) {
    const path = arrow.querySelector("path");
    const line = points(path);
    const tip = arrow.querySelector("polygon");
    const end = tip.points[0].matrixTransform(tip.getScreenCTM());
    const last = line[line.length - 1];
    if (!onBorder(named(arrow.dataset.to), end)) say(`an arrow does not end on ${arrow.dataset.to}`, arrow);
    if (Math.hypot(end.x - last.x, end.y - last.y) > 10) say("the head of an arrow is not at its line", arrow);
    if (arrow.dataset.from && !onBorder(named(arrow.dataset.from), line[0])) say(`an arrow does not begin on ${arrow.dataset.from}`, arrow);
    for (const text of texts) {
      if (meet(text.box, box(tip))) say("a text lies on the head of an arrow", text.element, arrow);
    }
  }
  return faults;
})()
