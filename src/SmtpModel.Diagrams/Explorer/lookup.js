// Which exchange is permitted where, where it leads and what it does to the buffers is all looked up in the table that the page was
// written with; nothing of it is known here.
const lookup = (() => {
  "use strict";
  const machine = JSON.parse(document.getElementById("machine").textContent);
  const stateOf = name => machine.states.find(state => state.name === name);
  const ruleOf = id => machine.rules.find(rule => rule.id === id);
  const commandOf = kind => machine.commands.find(command => command.kind === kind);

  // what the table has for an exchange in a state: a move, one of any command, a reply out of order, or what is left to other servers
  const find = (from, command, code) => {
    const move = (name, isTolerated) => machine.moves
      .find(one => one.from === from && one.command === name && one.code === code && one.isTolerated === isTolerated);
    const refusal = machine.refusals.find(one => one.in === from && one.command === command && one.codes.includes(code));
    const found = move(command, false) ?? move(commandOf("any")?.name, false)
      ?? (refusal && { from, to: from, code, rule: refusal.rule, isOutOfOrder: true }) ?? move(command, true);
    return found && { ...found, said: command };
  };

  const permitted = (from, command) => [...new Set([
    ...machine.moves.filter(one => one.from === from && !one.isTolerated && [command, commandOf("any")?.name].includes(one.command))
      .map(one => one.code),
    ...machine.refusals.filter(one => one.in === from && one.command === command).flatMap(one => one.codes),
  ])].sort();

  const kindOf = step => step.isOutOfOrder ? "order"
    : step.to === machine.final && step.from !== step.to ? "closing" : step.code >= 400 ? "refused" : "accepted";
  const effectsOf = step => {
    const command = machine.commands.find(one => one.name === (step.command ?? step.said));
    return step.isOutOfOrder ? [] : step.code >= 400 ? command.onRefuse : command.onAccept;
  };

  // ---------------------------------------------------------------- a transcript

  const read = text => {
    const lines = [];
    for (const [index, raw] of text.split(/\r?\n/).entries()) {
      if (!raw.trim()) continue;
      const match = /^\s*(?:(C:|->|>)|(S:|<-|<)) ?(.*)$/i.exec(raw);
      if (!match) return { lines, fault: `Line ${index + 1} says neither C: nor S: before “${raw.trim().slice(0, 60)}”.` };
      lines.push({ number: index + 1, isClient: match[1] !== undefined, text: match[3] });
    }
    return { lines };
  };

  // the input that a reply answers: what the state reads says how much of what the client has sent that is
  const input = (from, sent) => {
    const reads = stateOf(from).reads;
    if (reads === "opening") return commandOf("opening").name;
    if (reads === "data") {
      const end = sent.findIndex(line => line.text === ".");
      if (end < 0) return commandOf("any")?.name;
      sent.splice(0, end + 1);
      return commandOf("data").name;
    }
    const line = sent.shift();
    if (!line) return commandOf("any")?.name;
    if (reads === "responses") {
      const answers = machine.commands.filter(one => one.kind === "response");
      return (answers.filter(one => new RegExp(`^(?:${one.pattern})$`).test(line.text)).at(-1) ?? answers[0]).name;
    }
    const verb = line.text.trim().split(/\s/)[0].toUpperCase();
    return (machine.commands.find(one => one.kind === "line" && one.name.toUpperCase() === verb) ?? commandOf("unknownLine"))?.name;
  };

  const follow = text => {
    const { lines, fault } = read(text);
    const [run, sent] = [[], []];
    let [from, isOpen] = [machine.start, false];
    for (const line of lines) {
      if (line.isClient) {
        sent.push(line);
        continue;
      }
      const reply = /^([2-5]\d\d)([ -]|$)/.exec(line.text);
      if (!reply) return { run, fault: `Line ${line.number} is no reply: it begins with no code of three digits.` };
      isOpen = reply[2] === "-";
      if (isOpen) continue;
      const command = input(from, sent);
      const step = command && find(from, command, Number(reply[1]));
      if (!step) {
        const codes = command ? permitted(from, command) : [];
        const has = codes.length ? `it has ${codes.join(", ")}` : "it answers nothing there";
        return { run, fault: `Line ${line.number}: in ${from}, ${command ?? "nothing"} / ${reply[1]} is no exchange of this machine; ${has}.` };
      }
      run.push(step);
      from = step.to;
    }
    const rest = isOpen ? " The last reply has no last line." : sent.length ? ` Line ${sent[0].number} has no reply yet.` : "";
    return { run, fault: fault ?? (run.length === 0 ? "There is no reply in it." : ""), rest };
  };

  return { machine, stateOf, ruleOf, find, kindOf, effectsOf, follow };
})();
