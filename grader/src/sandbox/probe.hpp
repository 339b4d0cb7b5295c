// grader / sandbox / probe.hpp: what a program inside a box tries, to see that the box holds.
//
// `grader box-probe SECRET` runs inside and writes to descriptor 3 what it could do although it
// should not, or that all was refused. A sandbox that is not tested is not reported.
#pragma once
#include <string>
#include <vector>

namespace grader {

/// What the probe writes if every wall held.
std::string probe_passed();

/// The probe itself. Exit code of its process.
int run_probe(const std::string& secret);

/// `grader box`: enters the partial level and becomes the program. Returns only if that fails.
int run_box(const std::vector<std::string>& readable, const std::vector<std::string>& writable,
            const std::vector<std::string>& program);

}  // namespace grader
