# How our own programs (tito, grader) are compiled. Light optimisation: they must start fast and build fast.
add_library(tool_flags INTERFACE)
target_compile_features(tool_flags INTERFACE cxx_std_20)
target_compile_options(tool_flags INTERFACE -O0 -Wall -Wextra -Wpedantic -Wshadow)

# A faster linker, where there is one.
find_program(LLD ld.lld)
if(LLD)
  target_link_options(tool_flags INTERFACE -fuse-ld=lld)
endif()
