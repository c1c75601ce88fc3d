namespace SmtpModel.Reports.Tests.Support;

/// <summary>Questions to a page about its texts, as JavaScript; each answers with a list of faults.</summary>
internal static class Texts
{
    /// <summary>
    /// Texts that lie on each other, or that leave the innermost box with a border or a ground of its own. What a part that scrolls
    /// hides is left out; an SVG has a test of its own.
    /// </summary>
    public const string Faults = """
        (() => {
          const faults = new Set();
          const pieces = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const [node, at] = [walker.currentNode, walker.currentNode.parentElement];
            if (!node.textContent.trim() || at.closest("svg, script, .unseen, select") || !at.checkVisibility()) continue;
            const range = document.createRange();
            range.selectNodeContents(node);
            const clips = [];
            for (let around = at; around !== document.body; around = around.parentElement) {
              if (getComputedStyle(around).overflowX !== "visible") clips.push(around.getBoundingClientRect());
            }
            const isBox = one => { const style = getComputedStyle(one); return style.display !== "inline" && (parseFloat(style.borderTopWidth) > 0 || style.backgroundColor !== "rgba(0, 0, 0, 0)"); };
            let own = at;
            while (own !== document.body && !isBox(own)) own = own.parentElement;
            const box = own.getBoundingClientRect();
            for (const whole of range.getClientRects()) {
              // what of it is to be seen
              const piece = clips.reduce((cut, clip) => ({ left: Math.max(cut.left, clip.left), right: Math.min(cut.right, clip.right), top: Math.max(cut.top, clip.top), bottom: Math.min(cut.bottom, clip.bottom) }), whole);
              if (piece.right - piece.left < 1 || piece.bottom - piece.top < 1) continue;
              if (piece.left < box.left - 1 || piece.right > box.right + 1 || piece.top < box.top - 3 || piece.bottom > box.bottom + 3) faults.add(`leaves its box: ${node.textContent.trim().slice(0, 60)}`);
              pieces.push({ piece, node });
            }
          }
          pieces.sort((a, b) => a.piece.top - b.piece.top);
          for (const [index, one] of pieces.entries()) {
            for (let next = index + 1; next < pieces.length && pieces[next].piece.top < one.piece.bottom - 3; next++) {
              const other = pieces[next];
              if (one.node !== other.node && one.piece.left < other.piece.right - 1 && other.piece.left < one.piece.right - 1 && other.piece.top < one.piece.bottom - 5) {
                faults.add(`on each other: ${one.node.textContent.trim().slice(0, 40)} | ${other.node.textContent.trim().slice(0, 40)}`);
              }
            }
          }
          return [...faults];
        })()
        """;

    /// <summary>Texts whose contrast is below what WCAG asks for.</summary>
    public const string Faint = """
        (() => {
          const numbers = colour => colour.match(/[\d.]+/g).map(Number);
          const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
          const ground = element => { for (let at = element; at; at = at.parentElement) { const c = numbers(getComputedStyle(at).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } };
          document.querySelectorAll("details").forEach(details => { details.open = true; });
          const faint = new Set();
          for (const element of document.querySelectorAll("body *:not(svg *):not(script):not(:disabled)")) {
            if (![...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())) continue;
            const [a, b] = [light(numbers(getComputedStyle(element).color)), light(ground(element))];
            const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (ratio < 4.5) faint.add(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
          }
          return [...faint];
        })()
        """;
}
