// grader / observe / verdict_cache.hpp: what observations of the same text showed before.
//
// Classes hand in much of the same: duplicates, the same first modules, the course's own skeletons.
// A verdict depends only on the two programs and the seed, so it can be looked up. One that luck
// could change (a time-out, a crash) is not kept.
#pragma once
#include <string>

#include "object_cache.hpp"
#include "session.hpp"

namespace grader {

/// Fills status and words of each test. False if nothing is known, or not of just these tests.
bool recall_verdicts(const ObjectCache&, const std::string& key, ModuleResult&);

void keep_verdicts(const ObjectCache&, const std::string& key, const ModuleResult&);

}  // namespace grader
