#include "export/html_page.hpp"

#include "export/escape.hpp"

namespace grader {
namespace {

// One hue from pale to strong, so that the order is seen without telling red from green.
constexpr const char* style = R"(
:root { color-scheme: light dark;
  --ground: #ffffff; --ink: #1d1d1f; --quiet: #5f6368; --line: #d5d8dc; --block: #f4f5f7;
  --h0: #f1f3f5; --h1: #d6e6f5; --h2: #abcfec; --h3: #74aedb; --h4: #2f74ae; --h5: #14568f;
  --on-pale: #1d1d1f; --on-strong: #ffffff; --warn: #9a3412; }
@media (prefers-color-scheme: dark) { :root {
  --ground: #16181b; --ink: #e6e7e9; --quiet: #a0a5ab; --line: #3a3e44; --block: #202327;
  --h0: #24282d; --h1: #1d3347; --h2: #1f4a70; --h3: #2b6799; --h4: #4d8fc7; --h5: #8cc0ea;
  --on-pale: #e6e7e9; --on-strong: #0f1113; --warn: #f0a070; } }
body { background: var(--ground); color: var(--ink); margin: 2rem auto; padding: 0 1rem;
  max-width: 76rem; font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
p.quiet, .quiet { color: var(--quiet); }
.warn { color: var(--warn); font-weight: 600; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .6rem; border: 1px solid var(--line); text-align: left;
  vertical-align: top; overflow-wrap: anywhere; }
th { font-weight: 600; background: var(--block); } td.n, th.n { text-align: right; }
table.heat td, table.heat th { overflow-wrap: normal; white-space: nowrap; }
table.heat td.n { min-width: 2.2rem; text-align: center; }
.h0, .h1, .h2, .h3 { color: var(--on-pale); } .h4, .h5 { color: var(--on-strong); }
.h0 { background: var(--h0); } .h1 { background: var(--h1); } .h2 { background: var(--h2); }
.h3 { background: var(--h3); } .h4 { background: var(--h4); } .h5 { background: var(--h5); }
.none { background: repeating-linear-gradient(135deg, var(--block) 0 5px, var(--line) 5px 6px); }
pre { background: var(--block); border: 1px solid var(--line); padding: .6rem .8rem;
  white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.45 ui-monospace, monospace; }
code { font: 13px ui-monospace, monospace; }
summary { cursor: pointer; }
)";

}  // namespace

std::string html_page(std::string_view title, std::string_view body) {
  const std::string name = html_text(title);
  return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" "
         "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
         name + "</title>\n<style>" + style + "</style>\n</head>\n<body>\n<h1>" + name + "</h1>\n" +
         std::string(body) + "</body>\n</html>\n";
}

std::string heat_class(int score, int max_score) {
  if (max_score <= 0) return "none";
  if (score <= 0) return "h0";
  if (score >= max_score) return "h5";
  return "h" + std::to_string(1 + score * 4 / max_score);
}

}  // namespace grader
