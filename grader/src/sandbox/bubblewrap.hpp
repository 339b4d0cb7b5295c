// grader / sandbox / bubblewrap.hpp: the full level: namespaces of its own for everything.
//
// Inside there are /usr, an empty /tmp and /dev, and what the box names; no network, no other
// process, no way to make another namespace. Limits are set inside by prlimit, because outside
// they would count against all processes of the same user.
#pragma once
#include <string>

#include "sandbox/sandbox.hpp"

namespace grader {

/// "0.8.0"; empty if it is not there.
std::string bubblewrap_version();

ProcessResult run_in_bubblewrap(const ProcessSpec&, const Box&);

}  // namespace grader
