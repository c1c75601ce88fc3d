// Parses a TLA+ module from the standard input with the grammar of tree-sitter: says "ok", or "fault" and where.
import { readFileSync } from "node:fs";
import { Language, Parser } from "web-tree-sitter";

await Parser.init();
const parser = new Parser();
const grammar = new URL("node_modules/@tlaplus/tree-sitter-tlaplus/tree-sitter-tlaplus.wasm", import.meta.url);
parser.setLanguage(await Language.load(grammar.pathname));
const root = parser.parse(readFileSync(0, "utf8")).rootNode;

function faults(node) {
  const here = node.type === "ERROR" || node.isMissing ? [`fault at ${node.startPosition.row + 1}:${node.startPosition.column + 1}: ${node.text.slice(0, 60)}`] : [];
  return here.concat(...node.children.filter((child) => child.hasError || child.isMissing).map(faults));
}

console.log(root.hasError ? faults(root).concat(["fault"])[0] : "ok");
