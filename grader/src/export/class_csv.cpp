#include "export/class_summary.hpp"
#include "export/escape.hpp"

namespace grader {

std::string grades_csv(const ClassSummary& summary, const std::string& assignment) {
  // Canvas finds a student by ID, SIS User ID or SIS Login ID, and wants exactly these before the
  // first assignment. Any further column would become an assignment.
  std::string text = "Student,ID,SIS User ID,SIS Login ID,Section," + csv_cell(assignment) +
                     "\r\n    Points Possible,,,,," + std::to_string(summary.max_score) + "\r\n";
  for (const ClassStudent& student : summary.students) {
    const RosterEntry& person = student.person;
    const bool known =
        !person.canvas_id.empty() || !person.sis_user_id.empty() || !person.sis_login_id.empty();
    text += csv_cell(person.name.empty() ? person.id : person.name) + "," +
            csv_cell(person.canvas_id) + "," + csv_cell(person.sis_user_id) + "," +
            csv_cell(known ? person.sis_login_id : person.id) + "," + csv_cell(person.section) +
            ",";
    if (student.state == ClassStudent::State::marked) text += std::to_string(student.result->score);
    text += "\r\n";
  }
  return text;
}

}  // namespace grader
