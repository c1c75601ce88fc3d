// What is shown and what is clicked; lookup.js says what the machine does.
(() => {
  "use strict";
  const { machine, stateOf, ruleOf, find, kindOf, effectsOf, follow } = lookup;
  const part = id => document.getElementById(id);
  let start = machine.start;
  let steps = [];
  let taken = 0;
  let playing = 0;

  const here = () => taken === 0 ? start : steps[taken - 1].to;

  const make = (tag, attributes = {}, ...inside) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name in element) element[name] = value;
      else element.setAttribute(name, value);
    }
    element.append(...inside);
    return element;
  };

  const take = step => {
    steps = [...steps.slice(0, taken), step];
    taken = steps.length;
    show();
  };
  const walk = to => {
    taken = Math.max(0, Math.min(steps.length, to));
    show();
  };
  const begin = from => {
    [start, steps, taken] = [from, [], 0];
    part("verdict").textContent = "";
    show();
  };

  const buffers = state => machine.buffers.map(buffer => {
    const [sign, words] = state.holds.includes(buffer) ? ["■", " is held"] : ["□", " is empty"];
    return make("li", {}, `${sign} ${buffer}`, make("span", { className: "unseen" }, words));
  });

  const showState = () => {
    const state = stateOf(here());
    part("state").textContent = state.name;
    part("meaning").textContent = state.meaning + (state.isTolerated ? " (left to other servers)" : "");
    part("buffers").replaceChildren(...buffers(state));
  };

  const showStep = () => {
    const step = steps[taken - 1];
    part("step").hidden = !step;
    if (!step) return;
    const [before, after, effects, rule] = [stateOf(step.from), stateOf(step.to), effectsOf(step), ruleOf(step.rule)];
    part("step-title").textContent = `${step.said} / ${step.code}`;
    const way = step.from === step.to ? `stays in ${step.to}` : `goes from ${step.from} to ${step.to}`;
    part("step-way").textContent = `The session ${way}`
      + (step.isOutOfOrder ? ": the command is out of order." : step.isTolerated ? ": left to other servers." : ".");
    const word = (state, buffer) => state.holds.includes(buffer) ? "held" : "empty";
    part("step-buffers").replaceChildren(...machine.buffers.map(buffer => {
      const effect = effects.filter(one => one.buffer === buffer).map(one => one.kind).join(", ") || "–";
      return make("tr", {}, make("th", { scope: "row" }, buffer),
        ...[word(before, buffer), effect, word(after, buffer)].map(text => make("td", {}, text)));
    }));
    part("step-rule").textContent = rule ? `${rule.id}, ${rule.clause}, ${rule.level}: ${rule.asks}` : "";
  };

  const button = (step, text) => {
    const rule = ruleOf(step.rule);
    const choice = make("button", { type: "button", className: `choice ${kindOf(step)}`, title: rule ? `${rule.id}, ${rule.clause}: ${rule.asks}` : "" }, text);
    choice.addEventListener("click", () => take(step));
    return choice;
  };

  const showChoices = () => {
    const from = here();
    part("choices").replaceChildren(...machine.commands.flatMap(command => {
      const refusal = machine.refusals.find(one => one.in === from && one.command === command.name);
      const all = [
        ...machine.moves.filter(one => one.from === from && one.command === command.name)
          .map(move => ({ ...move, said: command.name })),
        ...(refusal ? refusal.codes.map(code => find(from, command.name, code)).filter(step => step.isOutOfOrder) : []),
      ];
      const words = step => [step.isOutOfOrder ? "✗ " : "", step.code, step.from === step.to ? "" : ` → ${step.to}`,
        step.isTolerated ? " (other servers)" : ""].join("");
      return all.length === 0 ? [] : [make("li", {}, make("span", { className: "command" }, command.syntax),
        make("span", { className: "codes" }, ...all.map(step => button(step, words(step)))))];
    }));
    part("over").hidden = part("choices").children.length > 0;
  };

  const showSession = () => {
    part("session").replaceChildren(...steps.map((step, index) => {
      const jump = make("button", { type: "button", className: `past ${kindOf(step)}` }, `${step.said} / ${step.code}`,
        make("small", {}, step.from === step.to ? ` stays in ${step.to}` : ` → ${step.to}`));
      if (index + 1 === taken) jump.setAttribute("aria-current", "step");
      jump.addEventListener("click", () => walk(index + 1));
      return make("li", {}, jump);
    }));
    part("began").textContent = `The session begins in ${start}.`;
    part("back").disabled = taken === 0;
    part("forward").disabled = part("play").disabled = taken === steps.length;
    part("forget").disabled = steps.length === 0 && start === machine.start;
  };

  const showPicture = () => {
    const step = steps[taken - 1];
    document.querySelectorAll(".picture .state[data-state]").forEach(box => {
      const isHere = stateOf(here()).drawn.includes(box.dataset.state);
      box.classList.toggle("here", isHere);
      box.setAttribute("aria-pressed", isHere);
    });
    const from = step && step.from !== step.to ? [...stateOf(step.from).drawn, ...stateOf(step.from).around] : [];
    document.querySelectorAll(".picture .arrow").forEach(arrow => arrow.classList.toggle("went",
      from.includes(arrow.dataset.from) && stateOf(step.to).drawn.includes(arrow.dataset.to) && !stateOf(step.from).drawn.includes(arrow.dataset.to) && arrow.querySelector(".line").classList.contains(kindOf(step))));
  };

  const show = () => [showState, showStep, showChoices, showSession, showPicture].forEach(one => one());

  // ---------------------------------------------------------------- a transcript

  const runTranscript = () => {
    const { run, fault, rest } = follow(part("transcript").value);
    const counted = `${run.length} exchange${run.length === 1 ? "" : "s"} of the machine`;
    [start, steps, taken] = [machine.start, run, run.length];
    part("verdict").className = fault ? "fault" : "fine";
    part("verdict").textContent = fault ? `${fault}${run.length ? ` Before it: ${counted}.` : ""}` : `Followed to its end: ${counted}.${rest}`;
    show();
  };

  const write = () => steps.slice(0, taken).flatMap(step => {
    const command = machine.commands.find(one => one.name === step.said);
    const said = { line: [`C: ${command.syntax}`], data: ["C: (data)", "C: ."], unknownLine: ["C: ?"], response: [`C: ${command.example}`] }[command.kind];
    return [...said ?? [], `S: ${step.code}`];
  }).join("\n");

  const stop = () => {
    clearInterval(playing);
    [playing, part("play").textContent] = [0, "Play"];
  };
  const play = () => {
    if (playing) return stop();
    part("play").textContent = "Stop";
    playing = setInterval(() => {
      walk(taken + 1);
      if (taken === steps.length) stop();
    }, 700);
  };

  // ---------------------------------------------------------------- mouse and keyboard

  part("back").addEventListener("click", () => walk(taken - 1));
  part("forward").addEventListener("click", () => walk(taken + 1));
  part("forget").addEventListener("click", () => begin(machine.start));
  part("play").addEventListener("click", play);
  part("run").addEventListener("click", runTranscript);
  part("write").addEventListener("click", () => { part("transcript").value = write(); });
  part("transcript").addEventListener("paste", () => setTimeout(runTranscript));
  document.querySelectorAll(".picture .state[data-state]").forEach(box => {
    // what is known beside where the session is, is no place to begin in
    if (!stateOf(box.dataset.state)) return;
    box.setAttribute("tabindex", "0");
    box.setAttribute("role", "button");
    box.setAttribute("aria-label", `Begin in ${box.dataset.state}`);
    box.addEventListener("click", () => begin(box.dataset.state));
    box.addEventListener("keydown", event => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      begin(box.dataset.state);
    });
  });
  document.addEventListener("keydown", event => {
    if (event.target.matches("textarea") || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowLeft") walk(taken - 1);
    else if (event.key === "ArrowRight") walk(taken + 1);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const all = [...part("choices").querySelectorAll("button")];
      const next = all.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
      if (all.length) all[(next + all.length) % all.length].focus();
    } else return;
    event.preventDefault();
  });
  part("page").hidden = false;
  show();
})();
