// support / types.hpp: the two number types that everything is made of.
//
// real   one element of a tensor: float, or double for the whole build with -DTT_DOUBLE (exact
// gradient checks). Index  a size, an index, a stride, a label: signed 64 bits everywhere, so that
// differences may be negative.
#pragma once
#include <cstdint>

namespace tinytorch {

#ifdef TT_DOUBLE
using real = double;
#else
using real = float;
#endif

using Index = std::int64_t;

}  // namespace tinytorch

namespace tt = tinytorch;
