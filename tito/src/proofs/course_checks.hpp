// tito / course_checks.hpp: what must hold of the sources of the course, read without compiling
// anything.
//
// Each function takes a course (any folder that looks like the repository), so that tests can plant
// a defect in a small one and see it found. check_course is all of them, in the order in which one
// would mend things.
#pragma once
#include "course.hpp"
#include "problems.hpp"

namespace tito {

/// course.json: ids in order, `needs` only lower numbers, points and hints everywhere, planned
/// modules without folder.
Problems check_manifest(const grader::Course&);

/// solutions/: well-formed regions, one for each blank and no other, with a TODO comment; headers
/// of at most 450 lines; and in the skeleton a todo(...) call with the blank's id and function.
Problems check_sources(const grader::Course&);

/// Tests: readable, with tags of existing blanks; every blank has one.
Problems check_tests(const grader::Course&);

/// Lessons: one for each module, with a heading for each blank.
Problems check_lessons(const grader::Course&);

/// README.md: a row for each module, with its title, blanks and hours, or that it is planned.
Problems check_readme(const grader::Course&);

/// datasets/catalogue.json, if there is one: each file with address, size, SHA-256, licence, datasheet.
Problems check_catalogue(const grader::Course&);

/// tests/oracles, if its README is there: every script is in it, every header that names its script has it, and
/// every case (`inline Golden NAME()`) is compared by a test.
Problems check_oracles(const grader::Course&);

/// No line that a student is to write stands in a skeleton of the same module; see is_significant.
Problems check_leaks(const grader::Course&);

/// modules/ holds exactly what tito dev sync would write. Not for a tree in which a student works.
Problems check_drift(const grader::Course&);

Problems check_course(const grader::Course&, bool drift);

/// Would a line give something away? Not: comments, braces, else/do/break/continue, how far to
/// unroll, return of one name or number, a name given to a plain member (`real* to = out.data();`),
/// and the head of a loop that only counts an index up or down.
bool is_significant(const std::string& line);

}  // namespace tito
