// grader / export / escape.hpp: text of others, made harmless for one format each.
//
// They expect what result_view hands out: valid UTF-8 without control characters but newline and
// tab (text.hpp, clean_text).
#pragma once
#include <string>
#include <string_view>

namespace grader {

/// For the content and the attributes of XML 1.0, which has no U+FFFE and U+FFFF.
std::string xml_text(std::string_view);

/// For the content and the quoted attributes of HTML.
std::string html_text(std::string_view);

/// Words of a Markdown paragraph or table cell: one line, nothing in it has a meaning.
std::string markdown_text(std::string_view);
/// `code`, one line, also inside a table.
std::string markdown_code(std::string_view);
/// A fenced block, with a fence that the text cannot close.
std::string markdown_block(std::string_view);

/// A cell of RFC 4180: one line, quoted where needed. What a spreadsheet would take for a formula
/// gets an apostrophe in front.
std::string csv_cell(std::string_view);

/// Lines that GitHub's runner cannot take for commands when they reach a log: "::error::" at the
/// start of a line, "##[error]" anywhere. A backslash breaks them.
std::string without_workflow_commands(std::string_view);

}  // namespace grader
