#include <algorithm>
#include <cstdio>

#include "export/class_summary.hpp"
#include "export/escape.hpp"
#include "export/html_page.hpp"

namespace grader {
namespace {

using State = ClassStudent::State;
constexpr std::size_t most_blanks = 15;

std::string cell(const std::string& text, const std::string& css = "") {
  return (css.empty() ? "<td>" : "<td class=\"" + css + "\">") + html_text(text) + "</td>";
}

std::string number_cell(int value) { return cell(std::to_string(value), "n"); }

std::string one_decimal(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

/// A table with a heading, or nothing if it has no rows.
std::string section(const std::string& heading, const std::string& head, const std::string& rows,
                    const std::string& note = "", const std::string& css = "") {
  if (rows.empty()) return {};
  const std::string words =
      note.empty() ? note : "<p class=\"quiet\">" + html_text(note) + "</p>\n";
  return "<h2>" + html_text(heading) + "</h2>\n" + words + "<div class=\"wide\"><table" +
         (css.empty() ? "" : " class=\"" + css + "\"") + ">\n<tr>" + head + "</tr>\n" + rows +
         "</table></div>\n";
}

std::string shown_name(const ClassStudent& student) {
  const RosterEntry& person = student.person;
  return person.name.empty() ? person.id : person.name + " (" + person.id + ")";
}

std::string headline(const ClassSummary& summary) {
  const int marked = summary.count(State::marked);
  std::string text = "<p>" + std::to_string(summary.students.size()) + " students, " +
                     std::to_string(marked) + " marked out of " +
                     std::to_string(summary.max_score) + " points";
  double mean = 0;
  for (const ClassModule& module : summary.modules) mean += module.mean;
  if (marked > 0) text += ", " + one_decimal(mean) + " on average";
  text += ".</p>\n";
  const int without = summary.count(State::no_mark) + summary.count(State::missing);
  if (without > 0) {
    text += "<p class=\"warn\">" + std::to_string(without) +
            " without a mark. That is not a zero: see below.</p>\n";
  }
  return text;
}

std::string without_mark(const ClassSummary& summary) {
  std::string rows;
  for (const ClassStudent& student : summary.students) {
    if (student.state == State::marked) continue;
    rows += "<tr>" + cell(shown_name(student)) +
            cell(student.state == State::missing ? "missing" : "no mark") + cell(student.note) +
            "</tr>\n";
  }
  return section("Without a mark", "<th>student</th><th>state</th><th>why</th>", rows);
}

std::string to_review(const ClassSummary& summary) {
  std::string rows;
  for (const ClassStudent& student : summary.students) {
    if (!student.on_roster)
      rows += "<tr>" + cell(shown_name(student)) + cell("is not on the roster") + "</tr>\n";
    if (!student.result) continue;
    for (const FlagView& flag : student.result->flags)
      rows += "<tr>" + cell(shown_name(student)) + cell(flag_words(flag)) + "</tr>\n";
  }
  for (const std::vector<std::string>& ids : summary.twins) {
    std::string names;
    for (const std::string& id : ids) names += (names.empty() ? "" : ", ") + id;
    rows += "<tr>" + cell(names) + cell("the same submission to the byte") + "</tr>\n";
  }
  return section("For review", "<th>student</th><th>what</th>", rows,
                 "For a person to look at. Nothing here took points by itself.");
}

std::string heat_row(const ClassSummary& summary, const ClassStudent& student) {
  const bool marked = student.state == State::marked;
  std::string row = "<tr>" + cell(shown_name(student)) +
                    cell(marked ? std::to_string(student.result->score) : "-", "n");
  for (const ClassModule& module : summary.modules) {
    const ModuleView* found = nullptr;
    if (marked) {
      for (const ModuleView& view : student.result->modules)
        found = view.id == module.id ? &view : found;
    }
    row += found == nullptr ? cell("", "n none")
                            : cell(std::to_string(found->score),
                                   "n " + heat_class(found->score, found->max_score));
  }
  return row + "</tr>\n";
}

std::string heat_map(const ClassSummary& summary) {
  std::string head = "<th>student</th><th class=\"n\">score</th>";
  std::string means = "<tr><th>mean</th><th></th>", scales = "<tr><th>out of</th><th class=\"n\">" +
                                                             std::to_string(summary.max_score) +
                                                             "</th>";
  for (const ClassModule& module : summary.modules) {
    head += "<th class=\"n\" title=\"" + html_text(module.id) + "\">" +
            html_text(module.id.substr(0, 2)) + "</th>";
    means += "<th class=\"n\">" + one_decimal(module.mean) + "</th>";
    scales += "<th class=\"n\">" + std::to_string(module.max_score) + "</th>";
  }
  std::string rows = scales + "</tr>\n" + means + "</tr>\n";
  for (const ClassStudent& student : summary.students) rows += heat_row(summary, student);
  return section("Modules by student", head, rows,
                 "Points; the stronger the colour, the larger the part of the module's points. "
                 "Hatched: no mark.",
                 "heat");
}

std::string blanks(const ClassSummary& summary) {
  std::string rows;
  for (std::size_t i = 0; i < std::min(most_blanks, summary.blanks.size()); ++i) {
    const ClassBlank& blank = summary.blanks[i];
    rows += "<tr>" + cell(blank.id) + cell(blank.module) + number_cell(blank.failed) +
            number_cell(blank.todo) + cell(blank.test) + "</tr>\n";
  }
  return section("Most failed blanks",
                 "<th>blank</th><th>module</th><th class=\"n\">failed</th>"
                 "<th class=\"n\">not written</th><th>the test that fails most often</th>",
                 rows, "Students, of those with a mark.");
}

std::string misconceptions(const ClassSummary& summary) {
  std::string rows;
  for (const ClassCount& entry : summary.misconceptions)
    rows += "<tr>" + number_cell(entry.students) + cell(entry.text) + "</tr>\n";
  return section("Misconceptions", "<th class=\"n\">students</th><th>what they seem to think</th>",
                 rows, "Their tests fail as those of a known wrong solution do.");
}

std::string slowest(const ClassSummary& summary) {
  std::string rows;
  for (const auto& [id, seconds] : summary.slowest)
    rows += "<tr>" + cell(id) + cell(one_decimal(seconds), "n") + "</tr>\n";
  return section("Slowest", "<th>student</th><th class=\"n\">seconds</th>", rows,
                 "All tests together, compiling not counted.");
}

}  // namespace

std::string summary_html(const ClassSummary& summary) {
  return html_page("TinyTorch class report", headline(summary) + without_mark(summary) +
                                                 to_review(summary) + heat_map(summary) +
                                                 blanks(summary) + misconceptions(summary) +
                                                 slowest(summary));
}

}  // namespace grader
