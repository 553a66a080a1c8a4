// The look of the HTML report: style and script, so that the page needs no other file. Without the
// script everything is shown; with it findings are filtered by severity and text.
#pragma once

#include <string_view>

namespace dossier {

inline constexpr std::string_view kReportStyle = R"(
:root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --ink: #1c2430; --soft: #5b6675;
  --line: #dfe3e8; --code: #f3f5f8; --accent: #2457a6; --error: #b3162b; --error-bg: #fdecee;
  --warning: #8a5a00; --warning-bg: #fff4dc; --info: #0b6285; --info-bg: #e4f3fa; --hint: #1d6b38;
  --hint-bg: #e8f6ec; --mark: #ffe58a; }
@media (prefers-color-scheme: dark) { :root { --page: #12161c; --card: #1a2028; --ink: #e4e8ee;
  --soft: #9aa6b4; --line: #2e3742; --code: #11161d; --accent: #8ab4ff; --error: #ff8d98;
  --error-bg: #3a1a20; --warning: #f0c368; --warning-bg: #352a12; --info: #7fcbe8; --info-bg: #12303d;
  --hint: #8fd6a6; --hint-bg: #16301f; --mark: #6b5510; } }
* { box-sizing: border-box; }
body { font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; margin: 0;
  color: var(--ink); background: var(--page); }
main { max-width: 72rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0 0 .25rem; }
.lead { color: var(--soft); margin: 0 0 1rem; }
code, pre, .mono { font-family: ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", Menlo, monospace;
  font-size: .86em; }
a { color: var(--accent); text-decoration: none; } a:hover { text-decoration: underline; }
.tiles { display: flex; flex-wrap: wrap; gap: .6rem; margin: 0 0 1rem; padding: 0; list-style: none; }
.tiles li { background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
  padding: .5rem .9rem; min-width: 7.5rem; }
.tiles b { display: block; font-size: 1.45rem; line-height: 1.25; font-variant-numeric: tabular-nums; }
.tiles span { color: var(--soft); font-size: .85rem; }
.error, .violation { --tone: var(--error); --tone-bg: var(--error-bg); }
.warning { --tone: var(--warning); --tone-bg: var(--warning-bg); }
.info { --tone: var(--info); --tone-bg: var(--info-bg); }
.tiles b, .pill { color: var(--tone, var(--ink)); }
.pill { background: var(--tone-bg); border-radius: 1rem; padding: .05rem .6rem; font-size: .78rem;
  font-weight: 600; white-space: nowrap; }
.bar { display: none; position: sticky; top: 0; z-index: 1; gap: .5rem; flex-wrap: wrap;
  align-items: center; background: var(--page); padding: .6rem 0; border-bottom: 1px solid var(--line);
  margin-bottom: 1rem; }
.script .bar { display: flex; }
.bar input { flex: 1 1 14rem; font: inherit; padding: .35rem .7rem; border-radius: .5rem;
  border: 1px solid var(--line); background: var(--card); color: inherit; min-width: 0; }
.bar button { font: inherit; font-size: .85rem; padding: .3rem .7rem; border-radius: .5rem; cursor: pointer;
  border: 1px solid var(--line); background: var(--card); color: var(--tone, var(--ink)); }
.bar button[aria-pressed=false] { opacity: .45; text-decoration: line-through; }
.bar output { color: var(--soft); font-size: .85rem; font-variant-numeric: tabular-nums; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; margin: 0 0 1rem; }
.overview { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; } th { color: var(--soft); font-size: .8rem; font-weight: 600; }
td, th { text-align: left; padding: .45rem .9rem; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child td { border-bottom: 0; } td.count, th.count { text-align: right; white-space: nowrap;
  font-variant-numeric: tabular-nums; }
td.share { width: 8rem; } .share i { display: block; height: .5rem; margin-top: .45rem; border-radius: .25rem;
  background: var(--tone); min-width: 2px; }
details.rule > summary { cursor: pointer; padding: .7rem .9rem; display: flex; gap: .6rem; align-items: baseline;
  list-style: none; flex-wrap: wrap; }
details.rule > summary::-webkit-details-marker { display: none; }
details.rule > summary::before { content: "▸"; color: var(--soft); }
details.rule[open] > summary::before { content: "▾"; }
h2 { font-size: 1rem; margin: 0; flex: 1 1 16rem; overflow-wrap: anywhere; }
.total { color: var(--soft); white-space: nowrap; font-variant-numeric: tabular-nums; }
.about { color: var(--soft); font-size: .88rem; margin: 0; padding: 0 .9rem .7rem 2.1rem; }
h3 { font-size: .85rem; font-weight: 600; margin: 0; padding: .4rem .9rem; background: var(--code);
  border-top: 1px solid var(--line); color: var(--soft); }
ol { list-style: none; margin: 0; padding: 0; }
.finding { padding: .65rem .9rem; border-top: 1px solid var(--line); border-left: 3px solid var(--tone);
  content-visibility: auto; contain-intrinsic-size: auto 7rem; }
.finding:target { background: var(--code); }
.who { display: flex; gap: .6rem; flex-wrap: wrap; align-items: baseline; }
.who .focus { font-weight: 600; overflow-wrap: anywhere; }
.number { color: var(--soft); font-size: .82rem; } .place { margin-left: auto; color: var(--soft); }
.place, .message, .value { overflow-wrap: anywhere; }
.message { margin: .1rem 0; } .value { color: var(--tone); }
.hint { display: inline-block; margin: .25rem 0 0; padding: .1rem .6rem; border-radius: .4rem;
  color: var(--hint); background: var(--hint-bg); font-size: .9rem; overflow-wrap: anywhere; }
pre { margin: .4rem 0 0; padding: .45rem .7rem; background: var(--code); border-radius: .4rem; overflow-x: auto;
  border: 1px solid var(--line); line-height: 1.35; }
pre i { color: var(--soft); font-style: normal; user-select: none; }
pre mark { background: none; color: var(--tone); font-weight: 700; }
.why { margin: .35rem 0 0; padding-left: 1.1rem; font-size: .9rem; color: var(--soft); list-style: disc; }
.more { margin: 0; padding: .5rem .9rem; color: var(--soft); border-top: 1px solid var(--line); font-size: .88rem; }
[hidden] { display: none !important; }
@media (max-width: 40rem) { main { padding: 1rem .6rem 3rem; } .place { margin-left: 0; flex-basis: 100%; }
  td.share, th.share, td.of, th.of { display: none; } td, th { padding: .4rem .5rem; }
  .tiles li { flex: 1 1 6rem; min-width: 0; padding: .4rem .6rem; } }
@media print { .bar { display: none !important; } body { background: #fff; } .card { break-inside: avoid-page; } }
)";

inline constexpr std::string_view kReportScript = R"(
(() => {
  const page = document.documentElement;
  page.classList.add("script");
  const box = document.querySelector(".bar input"), shown = document.querySelector(".bar output");
  const buttons = [...document.querySelectorAll(".bar [data-severity]")];
  const rules = [...document.querySelectorAll("details.rule")].map((rule) => ({
    rule, severity: rule.dataset.severity, name: rule.querySelector("summary").textContent.toLowerCase(),
    row: document.querySelector(`a[href="#${rule.id}"]`)?.closest("tr"),
    groups: [...rule.querySelectorAll(".group")].map((group) => ({
      group, name: group.querySelector("h3").textContent.toLowerCase(),
      findings: [...group.querySelectorAll(".finding")].map((f) => [f, f.textContent.toLowerCase()]) })) }));
  const all = document.querySelectorAll(".finding").length;
  const update = () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    const off = new Set(buttons.filter((b) => b.ariaPressed === "false").map((b) => b.dataset.severity));
    let count = 0;
    for (const { rule, severity, name, row, groups } of rules) {
      let any = false;
      for (const { group, name: of, findings } of groups) {
        let here = 0;
        for (const [finding, text] of findings) {
          const fits = !off.has(severity) && words.every((w) => text.includes(w) || of.includes(w) || name.includes(w));
          finding.hidden = !fits;
          here += fits;
        }
        group.hidden = here === 0;
        any ||= here > 0;
        count += here;
      }
      rule.hidden = !any;
      if (row) row.hidden = !any;
    }
    shown.textContent = `${count.toLocaleString("en")} of ${all.toLocaleString("en")} listed`;
  };
  box.addEventListener("input", update);
  for (const b of buttons) b.addEventListener("click", () => {
    b.ariaPressed = b.ariaPressed === "false" ? "true" : "false";
    update();
  });
  document.querySelector(".bar [data-fold]").addEventListener("click", () => {
    const open = rules.some(({ rule }) => rule.open);
    for (const { rule } of rules) rule.open = !open;
  });
  const reveal = () => document.getElementById(location.hash.slice(1))?.closest("details")?.setAttribute("open", "");
  addEventListener("hashchange", reveal);
  reveal();
  update();
})();
)";

}  // namespace dossier
